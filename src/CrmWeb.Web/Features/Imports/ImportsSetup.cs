using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Imports;

public static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<ImportFiles>()
        .AddScoped<ImportPurge>()
        .AddScoped<IJobHandler, CustomerImport>()
        .AddScoped<IJobHandler, ImportCheck>()
        .AddScoped<IJobHandler, ImportRevert>()
        .AddScoped<IJobHandler, OrderImport>()
        .AddScoped<IJobHandler, OrderImportCheck>()
        .AddScoped<IJobHandler, OrderImportRevert>()
        .AddScoped<IJobHandler, InteractionImport>()
        .AddScoped<IJobHandler, InteractionImportCheck>()
        .AddScoped<IJobHandler, InteractionImportRevert>();
}
