using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>A member as the list shows them.</summary>
public sealed record MemberRow(long Id, string Name, string Email, Role Roles, List<string> Teams, DateTime JoinedAt, DateTime? LastSeenAt, DateTime? DeactivatedAt);

/// <summary>Orders and pages of the list of members. A cursor is the id of the row at the edge; its key is read anew, so that the address stays short.</summary>
internal sealed class MemberList(CrmDb db, string? sort)
{
    public const int Size = 50;

    private static readonly DateTime Never = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Sorts = ["name", "-name", "seen", "-seen", "joined", "-joined"];

    public string Sort { get; } = Sorts.Contains(sort, StringComparer.Ordinal) ? sort! : "name";

    public static Columns Columns(IStringLocalizer L, string sort) => new(
    [
        new("name", L["Name"], Sortable: true), new("roles", L["Roles"]), new("teams", L["Teams"]),
        new("seen", L["Last seen"], Sortable: true, Kind: ColumnKind.Date), new("joined", L["Joined"], Sortable: true, Kind: ColumnKind.Date), new("state", L["State"]),
    ], sort);

    public async Task<(List<MemberRow> Rows, Pager Pager)> Page(IQueryable<Member> members, long? after, long? before, CancellationToken stop)
    {
        var total = await members.Take(10_001).CountAsync(stop);
        var back = after is null && before is not null;
        var edge = (after ?? before) is { } id ? await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) : null;
        var down = Sort[0] == '-' != back;
        var page = Ordered(edge is null ? members : Beyond(members, edge, down), down).Take(Size + 1);
        // split, each row's teams are read by the ids of the page
        var rows = await page.Select(m => new MemberRow(
            m.Id, m.Name, db.Users.Where(u => u.Id == m.UserId).Select(u => u.Email!).FirstOrDefault() ?? "", m.Roles,
            m.Teams.OrderBy(t => t.Team!.Name).Select(t => t.Team!.Name).ToList(), m.JoinedAt, m.LastSeenAt, m.DeactivatedAt)).ToListAsync(stop);

        var more = rows.Count > Size;
        if (more) rows.RemoveAt(Size);
        if (back) rows.Reverse();
        var (hasBefore, hasAfter) = (rows.Count > 0 && (back ? more : edge is not null), rows.Count > 0 && (back || more));
        return (rows, new Pager(hasBefore ? Text(rows[0].Id) : null, hasAfter ? Text(rows[^1].Id) : null, rows.Count, new CappedCount(Math.Min(total, 10_000), total > 10_000)));
    }

    private IQueryable<Member> Ordered(IQueryable<Member> members, bool down) => (Sort.TrimStart('-'), down) switch
    {
        ("name", false) => members.OrderBy(m => m.Name).ThenBy(m => m.Id),
        ("name", true) => members.OrderByDescending(m => m.Name).ThenByDescending(m => m.Id),
        ("seen", false) => members.OrderBy(m => m.LastSeenAt ?? Never).ThenBy(m => m.Id),
        ("seen", true) => members.OrderByDescending(m => m.LastSeenAt ?? Never).ThenByDescending(m => m.Id),
        (_, false) => members.OrderBy(m => m.JoinedAt).ThenBy(m => m.Id),
        _ => members.OrderByDescending(m => m.JoinedAt).ThenByDescending(m => m.Id),
    };

    private IQueryable<Member> Beyond(IQueryable<Member> members, Member edge, bool down)
    {
        var (id, name, seen, joined) = (edge.Id, edge.Name, edge.LastSeenAt ?? Never, edge.JoinedAt);
        return (Sort.TrimStart('-'), down) switch
        {
            ("name", false) => members.Where(m => string.Compare(m.Name, name) > 0 || (m.Name == name && m.Id > id)),
            ("name", true) => members.Where(m => string.Compare(m.Name, name) < 0 || (m.Name == name && m.Id < id)),
            ("seen", false) => members.Where(m => (m.LastSeenAt ?? Never) > seen || ((m.LastSeenAt ?? Never) == seen && m.Id > id)),
            ("seen", true) => members.Where(m => (m.LastSeenAt ?? Never) < seen || ((m.LastSeenAt ?? Never) == seen && m.Id < id)),
            (_, false) => members.Where(m => m.JoinedAt > joined || (m.JoinedAt == joined && m.Id > id)),
            _ => members.Where(m => m.JoinedAt < joined || (m.JoinedAt == joined && m.Id < id)),
        };
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
