using System.Net;
using AngleSharp.Html.Dom;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Accounts;

/// <summary>A person at a browser: opens pages, fills in the forms that stand on them, keeps cookies, and may meet another node with the next click.</summary>
internal sealed class Person(CrmHost host, string scheme = "http")
{
    private readonly HttpClient http = Client(host, scheme);

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The raw cookies that the last answers set.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>The same browser, with copies of its cookies, in front of another node.</summary>
    public Person At(CrmHost node)
    {
        var copy = new Person(node);
        foreach (var (name, value) in Cookies) copy.Cookies[name] = value;
        return copy;
    }

    public Task<Page> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Page> Post(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Fills in a form of the page (the one with this action, or the first that is no language switch) and sends it.</summary>
    public Task<Page> Submit(Page page, object? fields = null, string? action = null)
    {
        // a button that leads elsewhere sends the form it names
        var button = action is null ? null : page.Html.QuerySelectorAll("[formaction]").FirstOrDefault(b => b.GetAttribute("formaction")!.EndsWith(action, StringComparison.Ordinal));
        var form = page.Html.Forms.First(f => button is not null ? f.Id == button.GetAttribute("form")
            : action is null ? f.ClassList.Contains("crm-form") : f.GetAttribute("action")?.EndsWith(action, StringComparison.Ordinal) == true);
        var values = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Type == "hidden" && input.Name is not null).ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var property in fields?.GetType().GetProperties() ?? []) values[property.Name] = property.GetValue(fields)?.ToString() ?? "";
        return Post((button?.GetAttribute("formaction") ?? form.GetAttribute("action"))!, values);
    }

    public async Task<Page> Submit(string path, object? fields = null, string? action = null) => await Submit(await Get(path), fields, action);

    public Task<Page> SignIn(Login login, string? password = null) => Submit("/sign-in", new { login.Email, Password = password ?? login.Password });

    /// <summary>Whether the next click finds the person signed in.</summary>
    public async Task<bool> IsIn() => (await Get("/organisations")).Status == HttpStatusCode.OK;

    public async Task<Page> Send(HttpRequestMessage request)
    {
        using var sent = request;
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await http.SendAsync(request);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            SetCookies.Add(set);
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) Cookies.Remove(pair[0]);
            else Cookies[pair[0]] = pair[1];
        }

        return await Page.Of(response);
    }

    private static HttpClient Client(CrmHost node, string scheme) => node.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri($"{scheme}://localhost:5080") });
}

internal sealed record Login(CrmHost Host, long UserId, string Email, string Password)
{
    /// <summary>A login with a password, in a tenant of its own.</summary>
    public static async Task<Login> Make(CrmHost? host = null)
    {
        host ??= await CrmHost.Shared();
        var tenant = await Support.Make.Tenant(host);
        return await Of(tenant.Admin);
    }

    /// <summary>The login of a member, given a password.</summary>
    public static Task<Login> Of(TestMember member, string password = "correct horse battery") => member.Tenant.Host.Scope(async services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        var user = await db.Users.SingleAsync(u => u.Id == member.UserId);
        user.PasswordHash = services.GetRequiredService<IPasswordHasher<AppUser>>().HashPassword(user, password);
        await db.SaveChangesAsync();
        return new Login(member.Tenant.Host, user.Id, user.Email!, password);
    });

    public Task<AppUser> Row() => Host.Scope(services => services.GetRequiredService<CrmDb>().Users.AsNoTracking().SingleAsync(u => u.Id == UserId));

    /// <summary>Turns two-step sign-in on. Answers the secret of the app and the recovery codes.</summary>
    public Task<(string Secret, IReadOnlyList<string> Codes)> TurnOnTwoFactor() => Host.Scope(async services =>
    {
        var secret = Totp.NewSecret();
        var user = await services.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(UserId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        // the code of the step before leaves the present one free for the test
        var codes = await services.GetRequiredService<TwoFactor>().TurnOn(user!, secret, Totp.Code(secret, Host.Clock.GetUtcNow().AddSeconds(-30)));
        return (secret, codes!);
    });
}

internal static class Mailbox
{
    /// <summary>The mails that wait for an address, the latest first.</summary>
    public static Task<List<OutgoingMail>> MailsTo(this CrmHost host, string email) => host.Scope(services =>
        services.GetRequiredService<CrmDb>().OutgoingMails.AsNoTracking().Where(m => m.To == email).OrderByDescending(m => m.Id).ToListAsync());

    /// <summary>The link in the latest mail to an address, as a path.</summary>
    public static async Task<string> LinkTo(this CrmHost host, string email)
    {
        var text = (await host.MailsTo(email))[0].Text;
        var link = text.Split('\n').First(line => line.StartsWith("http://localhost:5080/", StringComparison.Ordinal)).Trim();
        return link["http://localhost:5080".Length..];
    }

    public static string NewAddress() => $"new-{Guid.NewGuid():N}@example.org";
}
