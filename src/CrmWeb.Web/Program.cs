using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Web;
using CrmWeb.Web.Features.Accounts;
using CrmWeb.Web.Features.Attachments;
using CrmWeb.Web.Features.Cases;
using CrmWeb.Web.Features.Costs;
using CrmWeb.Web.Features.Customers;
using CrmWeb.Web.Features.CustomFields;
using CrmWeb.Web.Features.Deals;
using CrmWeb.Web.Features.Demo;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Members;
using CrmWeb.Web.Features.Notifications;
using CrmWeb.Web.Features.Products.Dream;
using CrmWeb.Web.Features.Rates;
using CrmWeb.Web.Features.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Cli;
using CrmWeb.Web.Platform.Forms;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Logging;
using CrmWeb.Web.Platform.Mail;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

var builder = WebApplication.CreateBuilder(args);
builder.AddCrmLogging();
builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);

var services = builder.Services;
services.AddSingleton(TimeProvider.System);
services.AddCrmDb(builder.Configuration);
services.AddScoped<CurrentMember>();
services.AddScoped<MemberFields>().AddScoped<MemberRules>().AddScoped<Mentioning>();
services.AddScoped<MemberViews>().AddSingleton<ViewMemory>();
services.AddLogins(builder.Configuration);
services.AddSite(builder.Configuration, builder.Environment.IsDevelopment());
services.AddMail(builder.Configuration);
services.AddPermissions();
services.AddAccounts(builder.Configuration);
services.AddApi(builder.Configuration);
services.AddMembers();
services.AddCustomers();
services.AddCustomFields();
services.AddDeals();
services.AddProducts();
services.AddHostedService<RuntimeCheck>();
services.AddHostedService<MetricsExport>();
services.AddSingleton<JobRunner>();
services.AddSingleton<Schedule>();
services.AddImports();
services.AddRates();
services.AddCosts();
services.AddAttachments();
services.AddNotifications(builder.Configuration);
services.AddCases(builder.Configuration);
services.AddSegments(builder.Configuration);
if (builder.Configuration.GetValue("Jobs:Run", true))
{
    services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
    if (builder.Configuration.GetValue("Schedule:Run", true)) services.AddHostedService(provider => provider.GetRequiredService<Schedule>());
}
AssemblyScanner.FindValidatorsInAssembly(typeof(Program).Assembly, includeInternalTypes: true).ForEach(found => services.AddScoped(found.InterfaceType, found.ValidatorType));
services.AddHealthChecks().AddDbContextCheck<CrmDb>();
services.AddControllersWithViews(mvc =>
{
    mvc.Filters.Add<ValidationFilter>();
    mvc.Filters.Add<AutoValidateAntiforgeryTokenAttribute>();
    mvc.ModelBinderProviders.Insert(0, new CleanTextProvider());
    mvc.ModelBinderProviders.Insert(0, new TypedDatesProvider());
    mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
}).AddKit();

var app = builder.Build();
if (await CommandLine.Run(app.Services, Commands.All, args, Prepare) is { } exitCode) return exitCode;

await Prepare();
await app.Services.SeedDemo(builder.Configuration, builder.Environment.IsDevelopment());

app.UseForwardedHeaders();
app.UseMiddleware<RequestLog>();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UseApiProblems();
app.UseSharedKeys();
app.UseAuthentication();
app.UseMiddleware<TenancyMiddleware>();
app.UseCrmLocalisation();
app.UseRouting();
app.UseTenantPages();
app.UseApiEntrance();
app.UseRateLimiter();
app.UseAuthorization();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
app.MapHealthChecks("/health/ready").AllowAnonymous();
app.MapStaticAssets().AllowAnonymous();
app.MapControllers().WithStaticAssets();

await app.RunAsync();
return 0;

Task Prepare() => app.Services.PrepareDatabase(builder.Configuration, builder.Environment.IsDevelopment());
