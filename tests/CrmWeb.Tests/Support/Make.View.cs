using CrmWeb.Data;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A saved view of a member. Answers its id.</summary>
    public static Task<long> View(TestMember owner, string query, string? name = null, Sharing with = Sharing.Nobody, long? team = null) => owner.Tenant.Use(async db =>
    {
        var view = new SavedView(owner.Id, name ?? $"View {Number()}", query, owner.Tenant.Host.Clock.Now);
        view.Share(with, team);
        await db.ViewsChange(default);
        db.SavedViews.Add(view);
        await db.SaveChangesAsync();
        return view.Id;
    });
}
