using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Members;

/// <summary>A page of the list of teams, by their names, which no two share. A cursor is the id of the row at the edge, as in the list of members.</summary>
public sealed record TeamList(IReadOnlyList<TeamRow> Rows, Pager Pager)
{
    public const int Size = 50;

    public static IQueryable<Team> Named(CrmDb db, string? search) =>
        search?.Trim() is { Length: > 0 } part ? db.Teams.AsNoTracking().Where(AnyCase.Contains<Team>(t => t.Name, part)) : db.Teams.AsNoTracking();

#pragma warning disable CA1309, CA1310, MA0001 // compared by the database

    public static async Task<TeamList> Read(CrmDb db, string? search, long? after, long? before, CancellationToken stop)
    {
        var teams = Named(db, search);
        var total = await teams.Take(TeamsController.CountedUpTo + 1).CountAsync(stop);
        var back = after is null && before is not null;
        var edge = (after ?? before) is { } id ? await db.Teams.Where(t => t.Id == id).Select(t => t.Name).SingleOrDefaultAsync(stop) : null;
        if (edge is not null) teams = back ? teams.Where(t => string.Compare(t.Name, edge) < 0) : teams.Where(t => string.Compare(t.Name, edge) > 0);
        var rows = await (back ? teams.OrderByDescending(t => t.Name) : teams.OrderBy(t => t.Name)).Take(Size + 1).Select(t => new TeamRow(
            t.Id, t.Name, t.Members.OrderBy(m => m.Member!.Name).Select(m => m.Member!.Name).ToList(),
            db.Customers.Where(c => c.TeamId == t.Id).Take(TeamsController.CountedUpTo + 1).Count())).ToListAsync(stop);

        var more = rows.Count > Size;
        if (more) rows.RemoveAt(Size);
        if (back) rows.Reverse();
        var (hasBefore, hasAfter) = (rows.Count > 0 && (back ? more : edge is not null), rows.Count > 0 && (back || more));
        return new(rows, new Pager(hasBefore ? Text(rows[0].Id) : null, hasAfter ? Text(rows[^1].Id) : null, rows.Count, new CappedCount(Math.Min(total, TeamsController.CountedUpTo), total > TeamsController.CountedUpTo)));
    }

#pragma warning restore CA1309, CA1310, MA0001

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
