using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>Looks up what the names and numbers in a rule mean to whoever asks: only of the kinds that it names, and only what they may see.</summary>
public static class RuleWorlds
{
    /// <summary>Of kinds with many rows, those that are named, and as many more to suggest from.</summary>
    private const int Most = 500;

    /// <param name="db">Filtered by what the actor sees.</param>
    /// <param name="mentions">Of the rule, typed or stored.</param>
    /// <param name="currency">Of the tenant.</param>
    /// <param name="custom">The custom fields that they see.</param>
    /// <param name="segments">Those that may be named.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<RuleWorld> RuleWorld(
        this CrmDb db, RuleMentions mentions, string currency, CustomFieldSet custom, IQueryable<RuleName>? segments, CancellationToken stop)
    {
        List<string> names = [.. mentions.Names];
        List<long> ids = [.. mentions.Ids];
        var world = new RuleWorld(currency, custom)
        {
            Retired = await db.RetiredFields(mentions, custom, stop),
            Rhythm = mentions.Rhythm ? await db.ContactRhythm(stop) : ContactRhythm.None,
        };
        foreach (var kind in mentions.Kinds.Concat(world.Retired.SelectMany(KindsOf)).Distinct())
        {
            if (kind is RuleKind.Customer or RuleKind.Product)
            {
                var (named, numbered) = kind == RuleKind.Customer
                    ? (db.Customers.Where(c => names.Contains(c.NameNormal)).Select(c => new RuleName(c.Id, c.Name)), db.Customers.Where(c => ids.Contains(c.Id)).Select(c => new RuleName(c.Id, c.Name)))
                    : (db.Products.Where(p => names.Contains(p.NameNormal)).Select(p => new RuleName(p.Id, p.Name)), db.Products.Where(p => ids.Contains(p.Id)).Select(p => new RuleName(p.Id, p.Name)));
                var rows = names.Count == 0 ? [] : await named.Take(Most).ToListAsync(stop);
                if (ids.Count > 0) rows.AddRange(await numbered.ToListAsync(stop));
                world.With(kind, await db.Namesakes(kind, rows, stop));
            }
            else if (Few(db, kind, names, ids, segments) is { } few)
            {
                world.With(kind, await few.ToListAsync(stop));
            }
        }

        return world;
    }

    private static IQueryable<RuleName>? Few(CrmDb db, RuleKind kind, List<string> names, List<long> ids, IQueryable<RuleName>? segments) => kind switch
    {
        RuleKind.Member => db.Members.Select(m => new RuleName(m.Id, m.Name)),
        RuleKind.Team => db.Teams.Select(t => new RuleName(t.Id, t.Name)),
        RuleKind.Tier => db.ServiceTiers.Select(t => new RuleName(t.Id, t.Name)),
        RuleKind.Pipeline => db.Pipelines.Select(p => new RuleName(p.Id, p.Name)),
        RuleKind.Stage => db.Stages.Select(s => new RuleName(s.Id, s.Name)),
        RuleKind.Reason => db.Reasons.Select(r => new RuleName(r.Id, r.Name)),
        RuleKind.Segment => segments,
        RuleKind.Tag => db.Tags.OrderBy(t => names.Contains(t.NameNormal) || ids.Contains(t.Id) ? 0 : 1).ThenBy(t => t.NameNormal).Take(Most).Select(t => new RuleName(t.Id, t.Name)),
        _ => null,
    };

    /// <summary>With those of the same names: what was found by its number is written by its name only where no other has it.</summary>
    private static async Task<List<RuleName>> Namesakes(this CrmDb db, RuleKind kind, List<RuleName> rows, CancellationToken stop)
    {
        List<string> names = [.. rows.Select(row => SearchText.Fold(row.Name)).Distinct(StringComparer.Ordinal)];
        if (names.Count == 0) return rows;
        var others = kind == RuleKind.Customer
            ? db.Customers.Where(c => names.Contains(c.NameNormal)).Select(c => new RuleName(c.Id, c.Name))
            : db.Products.Where(p => names.Contains(p.NameNormal)).Select(p => new RuleName(p.Id, p.Name));
        return [.. rows, .. await others.Take(Most).ToListAsync(stop)];
    }

    private static async Task<IReadOnlyList<CustomField>> RetiredFields(this CrmDb db, RuleMentions mentions, CustomFieldSet custom, CancellationToken stop)
    {
        List<string> keys = [.. mentions.CustomKeys.Where(key => custom.Find(key) is null)];
        if (keys.Count == 0) return [];
        var fields = await db.CustomFields.AsNoTracking().Include(f => f.Options).Where(f => f.RetiredAt != null && keys.Contains(f.Key)).ToListAsync(stop);
        return [.. fields.Where(field => db.SeesEveryField || field.IsSeenBy(db.ActorRoles))];
    }

    private static IEnumerable<RuleKind> KindsOf(CustomField field) => field.Type switch
    {
        CustomFieldType.Member => [RuleKind.Member],
        CustomFieldType.Customer => [RuleKind.Customer],
        _ => [],
    };
}
