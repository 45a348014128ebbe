using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class MailChangeTests
{
    [Fact]
    public async Task Change_ConfirmedAtTheNewAddress_OldOneIsToldAndNoLongerOpens()
    {
        var login = await Login.Make();
        var email = Mailbox.NewAddress();
        var person = new Person(login.Host);
        await person.SignIn(login);
        await person.Submit("/account/mail", new { Email = email, Current = login.Password });
        Assert.Equal(login.Email, (await login.Row()).Email);
        var link = await login.Host.LinkTo(email);
        await new Person(login.Host).Get(link);
        Assert.Equal(login.Email, (await login.Row()).Email);

        await new Person(login.Host).Submit(link);

        Assert.Equal(email, (await login.Row()).Email);
        Assert.Contains(email, (await login.Host.MailsTo(login.Email))[0].Text, StringComparison.Ordinal);
        Assert.Null((await new Person(login.Host).SignIn(login)).Location);
        Assert.Equal("/", (await new Person(login.Host).SignIn(login with { Email = email })).Location?.ToString());
        Assert.Contains("does not work any more", (await new Person(login.Host).Get(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task K5_Change_ToTheMailOfAnotherLogin_LooksTheSameAndOnlyItsOwnerLearns()
    {
        var (login, other) = (await Login.Make(), await Login.Make());
        var person = new Person(login.Host);
        await person.SignIn(login);
        var answer = await person.Submit("/account/mail", new { other.Email, Current = login.Password });
        Assert.Equal("/account/security", answer.Location?.ToString());
        Assert.Contains("already", (await login.Host.MailsTo(other.Email))[0].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_WrongPasswordOrNoAddress_ChangesNothing()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.SignIn(login);
        Assert.NotNull((await person.Submit("/account/mail", new { Email = Mailbox.NewAddress(), Current = "wrong wrong wrong" })).ErrorFor("Current"));
        Assert.NotNull((await person.Submit("/account/mail", new { Email = "nobody", Current = login.Password })).ErrorFor("Email"));
    }

    [Fact]
    public async Task Account_Anonymous_LeadsToSignIn() =>
        Assert.StartsWith("/sign-in", (await new Person(await CrmHost.Shared()).Get("/account/mail")).Location!.PathAndQuery, StringComparison.Ordinal);
}
