using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Security;

namespace CrmWeb.Web.Platform.Mail;

/// <summary>Works the waiting mails off. Any number of nodes may run it.</summary>
public sealed class MailSender(IServiceScopeFactory scopes, IMailTransport transport, MailFrom from, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // a database that is away fills no log
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(15);

    /// <summary>How long a server may take over one mail; well within the claim on it, and others wait behind it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                if (await SendNext(stoppingToken)) continue;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The waiting mails could not be read");
                pause = PauseAfterFailure;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Claims one mail and tries to send it; false when none is due.</summary>
    public async Task<bool> SendNext(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        if (await db.ClaimMail(Now, stop) is not { } mail) return false;

        try
        {
            using var message = from.Write(mail);
            // the client's own timeout does not hold for what it sends asynchronously
            using var limit = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
            await transport.Send(message, either.Token);
            await db.ForgetMail(mail, CancellationToken.None);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            await PutBack(db, mail, e);
        }

        return true;
    }

    // the exception's text may hold the address, so only its kind is logged
    private async Task PutBack(CrmDb db, OutgoingMail mail, Exception e)
    {
        var final = mail.Attempts >= OutgoingMail.MaxAttempts || e is SmtpFailedRecipientException { StatusCode: SmtpStatusCode.MailboxUnavailable };
        var (kind, status) = (e.GetType().Name, (e as SmtpException)?.StatusCode);
        if (final)
        {
            log.LogError("Mail {Mail} could not be sent and is given up after attempt {Attempt}: {Error} {Status}", mail.Id, mail.Attempts, kind, status);
            await db.ForgetMail(mail, CancellationToken.None);
            return;
        }

        log.LogWarning("Mail {Mail} could not be sent in attempt {Attempt} and is tried again: {Error} {Status}", mail.Id, mail.Attempts, kind, status);
        await db.ReturnMail(mail, Now, CancellationToken.None);
    }
}

/// <summary>Puts a waiting mail into the form that goes over the wire, under the sender's name (<c>Mail:From</c>).</summary>
public sealed class MailFrom(Site site, IConfiguration configuration)
{
    private readonly MailAddress from = new(configuration["Mail:From"] is { Length: > 0 } configured ? configured : $"CrmWeb <no-reply@{site.BaseUrl.IdnHost}>");

    public MailMessage Write(OutgoingMail mail)
    {
        var message = new MailMessage(from, new MailAddress(mail.To)) { Subject = mail.Subject, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        // the same mail sent twice is one mail to a program that looks at the id
        message.Headers.Add("Message-ID", FormattableString.Invariant($"<{mail.Id}.{mail.CreatedAt.Ticks:x}@{from.Host}>"));
        // no holiday notes back
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (mail.UnsubscribeUrl is { } stop)
        {
            // RFC 8058: the mail program may offer a button of its own
            message.Headers.Add("List-Unsubscribe", $"<{stop}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return message;
    }
}

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PickupFolder>();
        if (configuration["Mail:Host"] is { Length: > 0 }) services.AddSingleton<IMailTransport, SmtpTransport>();
        else services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<PickupFolder>());
        services.AddSingleton<MailFrom>();
        services.AddSingleton<MailSender>();
        if (configuration.GetValue("Jobs:Run", true)) services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        return services;
    }
}
