using System.Diagnostics;
using System.Net;
using CrmWeb.Data;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Accounts;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class RegistrationTests
{
    private const string Password = "a long enough password";

    [Fact]
    public async Task Register_Confirmed_MakesTenantWithItsAdminAndSignsIn()
    {
        var host = await CrmHost.Shared();
        var person = new Person(host);
        var (email, slug) = (Mailbox.NewAddress(), $"acme-{Make.Number()}");

        var sent = await person.Submit("/register", new { Organisation = "Acme", Slug = slug, Name = "Ada", Email = email, Password });
        Assert.Equal("/register/sent", sent.Location?.ToString());
        Assert.Contains(email, (await person.Get("/register/sent")).Text, StringComparison.Ordinal);
        Assert.False(await Exists(host, slug));

        var confirmed = await person.Submit(await host.LinkTo(email), new { Password });

        Assert.Equal($"/t/{slug}/today", confirmed.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.Get($"/t/{slug}/account")).Status);
        Assert.True(await Exists(host, slug));
    }

    [Fact]
    public async Task Register_NoAddressGiven_IsMadeOfTheName()
    {
        var host = await CrmHost.Shared();
        var email = Mailbox.NewAddress();
        var n = Make.Number();
        var person = new Person(host);
        await person.Submit("/register", new { Organisation = $"  Müller & Söhne {n} ", Name = "M", Email = email, Password });
        var confirmed = await person.Submit(await host.LinkTo(email), new { Password });
        Assert.Equal($"/t/muller-sohne-{n}/today", confirmed.Location?.ToString());
    }

    [Theory]
    [InlineData("فروشگاه سیب", "frvshgah-sib")]
    [InlineData("O'Neil's Café №1", "oneils-cafe-no1")]
    [InlineData("東京", "")]
    public void Slug_OfName_IsWhatCanBeWritten(string name, string slug) => Assert.Equal(slug, SlugProposal.Of(name));

    [Fact]
    public void Slug_OfAnyName_IsEmptyOrValid() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), name =>
        SlugProposal.Of(name) is var slug && (slug.Length < 2 || CrmWeb.Domain.Tenants.Tenant.IsSlug(slug))).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Register_AddressTaken_OffersAFreeOne()
    {
        var tenant = await Make.Tenant();
        var answer = await new Person(tenant.Host).Submit("/register", new { Organisation = "X", tenant.Slug, Name = "Ada", Email = Mailbox.NewAddress(), Password });
        Assert.NotNull(answer.ErrorFor("Slug"));
        Assert.Equal("Ada", answer.Value("Name"));
    }

    [Theory]
    [InlineData("Password", "short")]
    [InlineData("Password", "aaaaaaaaaaaa")]
    [InlineData("Password", "1234567890")]
    [InlineData("Email", "nobody")]
    [InlineData("Email", "a@b.example\r\nBcc: x@y.example")]
    [InlineData("Slug", "Not A Slug")]
    [InlineData("Name", " ")]
    public async Task Register_Invalid_SaysSoBesideTheField(string field, string value)
    {
        var person = new Person(await CrmHost.Shared());
        var page = await person.Get("/register");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Organisation"] = "Acme",
            ["Slug"] = "",
            ["Name"] = "Ada",
            ["Email"] = Mailbox.NewAddress(),
            ["Password"] = Password,
            ["__RequestVerificationToken"] = page.Find("form.crm-form [name=__RequestVerificationToken]")!.GetAttribute("value")!,
        };
        fields[field] = value;
        Assert.NotNull((await person.Post("/register", fields)).ErrorFor(field));
    }

    [Fact]
    public async Task Confirm_AnotherPassword_OpensNothing()
    {
        var host = await CrmHost.Shared();
        var (email, slug) = (Mailbox.NewAddress(), $"acme-{Make.Number()}");
        await new Person(host).Submit("/register", new { Organisation = "Acme", Slug = slug, Name = "Ada", Email = email, Password });

        // the owner of the mail did not choose the password: somebody else registered with their address
        var answer = await new Person(host).Submit(await host.LinkTo(email), new { Password = "what the victim uses" });

        Assert.NotNull(answer.ErrorFor("Password"));
        Assert.False(await Exists(host, slug));
    }

    [Fact]
    public async Task K4_ConfirmationLink_OpeningDoesNothingAndItWorksOnce()
    {
        var host = await CrmHost.Shared();
        var (email, slug) = (Mailbox.NewAddress(), $"acme-{Make.Number()}");
        await new Person(host).Submit("/register", new { Organisation = "Acme", Slug = slug, Name = "Ada", Email = email, Password });
        var link = await host.LinkTo(email);

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await new Person(host).Get(link)).Status);
        Assert.False(await Exists(host, slug));
        var people = Enumerable.Range(0, 4).Select(_ => new Person(host)).ToArray();
        var pages = await Task.WhenAll(people.Select(person => person.Get(link)));
        var answers = await Task.WhenAll(people.Zip(pages, (person, page) => person.Submit(page, new { Password })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Contains("does not work any more", (await new Person(host).Get(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task K4_ConfirmationLink_DiesWithTimeAndWithTheNextLink()
    {
        var host = await CrmHost.Start();
        var email = Mailbox.NewAddress();
        var person = new Person(host);
        await person.Submit("/register", new { Organisation = "Acme", Slug = "", Name = "Ada", Email = email, Password });
        var first = await host.LinkTo(email);
        await person.Submit("/register/again", new { Email = email });
        var second = await host.LinkTo(email);

        Assert.Contains("does not work any more", (await person.Get(first)).Text, StringComparison.Ordinal);
        Assert.Contains("Ada", (await person.Get(second)).Text, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Contains("does not work any more", (await person.Get(second)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task K5_Register_KnownAndUnknownMail_SameAnswerInTheSameTime()
    {
        var login = await Login.Make();
        var known = await Timed(login.Host, login.Email);
        var unknown = await Timed(login.Host, Mailbox.NewAddress());

        Assert.Equal(known.Answer.Status, unknown.Answer.Status);
        Assert.Equal(known.Answer.Location, unknown.Answer.Location);
        Assert.Equal(known.Answer.Body.Length, unknown.Answer.Body.Length);
        Assert.InRange(Math.Abs((known.Took - unknown.Took).TotalMilliseconds), 0, 350);
        Assert.Contains("already", (await login.Host.MailsTo(login.Email))[0].Subject, StringComparison.Ordinal);

        static async Task<(Page Answer, TimeSpan Took)> Timed(CrmHost host, string email)
        {
            var person = new Person(host);
            var page = await person.Get("/register");
            var start = Stopwatch.GetTimestamp();
            var answer = await person.Submit(page, new { Organisation = "Acme", Slug = $"k5-{Make.Number()}", Name = "Ada", Email = email, Password });
            return (answer, Stopwatch.GetElapsedTime(start));
        }
    }

    [Fact]
    public async Task NewOrganisation_SignedIn_OneLoginHasTwo()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.SignIn(login);
        var slug = $"second-{Make.Number()}";
        Assert.Equal($"/t/{slug}/today", (await person.Submit("/organisations/new", new { Organisation = "Second", Slug = slug, Name = "Ada" })).Location?.ToString());
        Assert.Equal(2, (await person.Get("/organisations")).Html.QuerySelectorAll("a.crm-row-link").Length);
    }

    private static Task<bool> Exists(CrmHost host, string slug) => host.Scope(services => services.GetRequiredService<CrmDb>().Tenants.AnyAsync(t => t.Slug == slug));
}
