using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Mail;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>Invitations with their mails, in the tenant's language. Puts the rows into the context; the caller saves them together.</summary>
public sealed class InvitationLetters(CrmDb db, CurrentMember me, Site site, IStringLocalizer L)
{
    public void Invite(string email, Role roles, long? teamId)
    {
        var secret = Secret.New();
        var invitation = new Invitation(email, roles, teamId, me.Id, Secret.Hash(secret), me.Now);
        db.Invitations.Add(invitation);
        Post(invitation, secret);
    }

    /// <summary>A new secret and a new term.</summary>
    public void Again(Invitation invitation)
    {
        var secret = Secret.New();
        invitation.Renew(Secret.Hash(secret), me.Now);
        Post(invitation, secret);
    }

    private void Post(Invitation invitation, string secret) => db.OutgoingMails.Add(Letter.In(me.Pass.TenantLanguage, () =>
        new Letter(me.Pass.TenantLanguage, L["{0} invites you to {1}", me.Pass.MemberName, me.Pass.TenantName])
        {
            Lines = [L["{0} works with customers here and would like you to take part.", me.Pass.TenantName]],
            Button = L["Accept the invitation"],
            Url = site.Url($"/invitations/{me.Pass.Slug}/{secret}"),
            Footnotes = [L["The link works once, for {0} days.", (int)Invitation.Lifetime.TotalDays], L["If you do not know who this is, ignore this mail."]],
        }).To(invitation.Email, me.Now));
}
