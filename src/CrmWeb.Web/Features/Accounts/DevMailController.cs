using System.Text.RegularExpressions;
using CrmWeb.Web.Platform.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>The mails that went into the pickup folder, to be read in the browser. In Development only; elsewhere there is nothing here.</summary>
[AllowAnonymous, OutsideTenants, Route("/dev/mail")]
public sealed partial class DevMailController(PickupFolder folder, IHostEnvironment environment) : Controller
{
    private const int MostShown = 50;

    [HttpGet("")]
    public IActionResult List() => environment.IsDevelopment() ? View("DevMails", Files().Take(MostShown).Select(PickedMail.Read).ToList()) : NotFound();

    [HttpGet("{name}")]
    public IActionResult Show(string name) => Find(name) is { } mail ? View("DevMail", mail) : NotFound();

    /// <summary>As the reader's mail program would show it: in a frame that may do nothing, under a policy of its own.</summary>
    [HttpGet("{name}/html")]
    public IActionResult Html(string name)
    {
        if (Find(name) is not { } mail) return NotFound();
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
        return Content(mail.Html, "text/html; charset=utf-8");
    }

    private PickedMail? Find(string name) => environment.IsDevelopment() && Files().FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name) is { } file ? PickedMail.Read(file) : null;

    private IEnumerable<string> Files() => Directory.Exists(folder.Path)
        ? new DirectoryInfo(folder.Path).EnumerateFiles("*.eml").OrderByDescending(file => file.LastWriteTimeUtc).Select(file => file.FullName)
        : [];

    /// <summary>The text cut at its links, every second piece being one.</summary>
    public static string[] Pieces(string text) => Link().Split(text);

    [GeneratedRegex(@"(?<link>https?://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
