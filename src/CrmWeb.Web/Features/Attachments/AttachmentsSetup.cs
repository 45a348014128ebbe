using CrmWeb.Web.Features.Shared.Files;

namespace CrmWeb.Web.Features.Attachments;

public static class AttachmentsSetup
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddSingleton<AttachmentPurge>()
        .AddSingleton<ArchiveTurns>()
        .AddScoped<FileLooking>()
        .AddScoped<AttachmentAdding>()
        .AddScoped<AttachmentSending>();
}
