using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using CrmWeb.Data.Seeds;
using CrmWeb.Domain.Tenants;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Support;

/// <summary>What people do before they can do anything: sign in, and read their mail.</summary>
internal static partial class People
{
    public const string Password = "a few plain words";

    public static async Task SignIn(this Visit visit, string email, string password, string? until = null)
    {
        await visit.Go("/sign-in");
        await visit.Page.FillAsync("input[name=Email]:visible", email);
        await visit.Page.FillAsync("input[name=Password]:visible", password);
        await visit.Page.Keyboard.PressAsync("Enter");
        if (until is not null) await visit.Page.WaitForURLAsync(until);
        else await visit.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    public static Task SignInToDemo(this Visit visit, Role role = Role.Admin) =>
        visit.SignIn(DemoAccounts.All.First(account => account.Role == role).Email, DemoAccounts.Password);

    /// <summary>Founds an organisation by the pages and the mail, and returns the path of the new tenant.</summary>
    public static async Task<string> Register(this Visit visit, Site site, string organisation, string name, string email)
    {
        var page = visit.Page;
        await visit.Go("/register");
        await page.FillAsync("[name=Organisation]", organisation);
        await page.FillAsync("[name=Name]", name);
        await page.FillAsync("[name=Email]", email);
        await page.FillAsync("[name=Password]", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/register/sent*");

        await visit.Go(await site.LinkMailedTo(email));
        await page.FillAsync("[name=Password]", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/today");
        return new Uri(page.Url).AbsolutePath.Replace("/today", "", StringComparison.Ordinal);
    }

    /// <summary>The link in the newest mail to somebody, as a path; waits until the mail is written.</summary>
    public static async Task<string> LinkMailedTo(this Site site, string address)
    {
        var folder = Path.Combine(site.Program.Folder, "App_Data", "mail");
        for (var tries = 0; tries < 100; tries++)
        {
            await Task.Delay(200);
            if (!Directory.Exists(folder)) continue;
            foreach (var file in new DirectoryInfo(folder).GetFiles("*.eml").OrderByDescending(file => file.LastWriteTimeUtc))
            {
                var mail = await File.ReadAllTextAsync(file.FullName);
                if (!mail.Contains(new MailAddress(address).Address, StringComparison.OrdinalIgnoreCase)) continue;
                if (Link().Match(Decode(mail)) is { Success: true } link) return new Uri(link.Value).PathAndQuery;
            }
        }

        throw new InvalidOperationException($"No mail with a link came for {address}.");
    }

    /// <summary>The parts of a mail as text: bodies come in base64 or quoted-printable.</summary>
    private static string Decode(string mail)
    {
        var text = new StringBuilder(mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal));
        foreach (Match body in Base64().Matches(mail))
        {
            var letters = body.Value.ReplaceLineEndings("");
            if (letters.Length % 4 == 0 && Convert.TryFromBase64String(letters, new byte[letters.Length], out _)) text.AppendLine().Append(Encoding.UTF8.GetString(Convert.FromBase64String(letters)));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"http://localhost:\d+/[^\s""<>]*(?:confirm|invitations|new)[^\s""<>]*", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:^[A-Za-z0-9+/=]{4,76}\r?\n)+", RegexOptions.Multiline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Base64();

    /// <summary>Chooses in a picker by typing.</summary>
    public static async Task Pick(this IPage page, string field, string typed)
    {
        await page.Locator($"[id='{field}-ts-control'], #{field} + .ts-wrapper input").First.FillAsync(typed);
        await page.Locator(".ts-dropdown .option", new() { HasText = typed }).First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
    }
}
