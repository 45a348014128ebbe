using System.Net;
using System.Net.Mail;

namespace CrmWeb.Web.Platform.Mail;

/// <summary>Takes a mail out of the house.</summary>
public interface IMailTransport
{
    Task Send(MailMessage message, CancellationToken stop);
}

/// <summary>Hands mails to a server: <c>Mail:Host</c>, <c>Mail:Port</c> (587), <c>Mail:User</c>, <c>Mail:Password</c>, <c>Mail:Tls</c>.</summary>
internal sealed class SmtpTransport(IConfiguration configuration) : IMailTransport
{
    private const int Submission = 587;

    public async Task Send(MailMessage message, CancellationToken stop)
    {
        using var client = new SmtpClient(configuration["Mail:Host"], configuration.GetValue("Mail:Port", Submission));
        // a server that wants a password is not told it in the clear
        client.EnableSsl = configuration.GetValue("Mail:Tls", configuration["Mail:User"] is { Length: > 0 });
        client.DeliveryFormat = SmtpDeliveryFormat.International;
        if (configuration["Mail:User"] is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, configuration["Mail:Password"]);
        await client.SendMailAsync(message, stop);
    }
}

/// <summary>Without a server a mail becomes an .eml file in a folder (<c>Mail:Folder</c>, App_Data/mail by default).</summary>
public sealed class PickupFolder(IConfiguration configuration, IHostEnvironment environment) : IMailTransport
{
    public string Path => System.IO.Path.GetFullPath(configuration["Mail:Folder"] ?? "App_Data/mail", environment.ContentRootPath);

    public async Task Send(MailMessage message, CancellationToken stop)
    {
        Directory.CreateDirectory(Path);
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Path };
        await client.SendMailAsync(message, stop);
    }
}
