using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// How many mails a form may have sent to one mail address: <c>Limits:Mailbox</c> in ten minutes on a node. Beside the measure of each client, because
/// a mailbox can be filled from many of them. It counts whatever address is typed, so it does not tell who has a login.
/// </summary>
public sealed class MailboxLimit(IConfiguration configuration) : IDisposable
{
    private const int Mails = 5;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(mailbox => RateLimitPartition.GetFixedWindowLimiter(
        mailbox,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = configuration.GetValue("Limits:Mailbox", Mails), Window = TimeSpan.FromMinutes(10) }));

    public bool Allows(string mailbox)
    {
        using var lease = limiter.AttemptAcquire(mailbox);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>The form's field <c>Email</c> says where a mail is sent to; a form that is refused anyway does not count.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LimitMailboxAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (!context.ModelState.IsValid || !context.HttpContext.Request.HasFormContentType) return;
        if (LoginTries.Normal(context.HttpContext.Request.Form["Email"]) is not { } mailbox) return;
        if (!context.HttpContext.RequestServices.GetRequiredService<MailboxLimit>().Allows(mailbox)) context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
    }
}
