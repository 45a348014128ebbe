using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>A value that is found by typing: what a picker posts, and what it shows.</summary>
public sealed record Suggestion(string Id, string Text, string? Hint);

/// <summary>What customers whom the reader sees have in a field, the commonest first; or rows of the tenant by their names.</summary>
public static class RuleSuggestions
{
    private const int Most = 20;

    /// <summary>Values are counted among so many customers, the newest: a suggestion need not know all of a million.</summary>
    private const int Among = 20_000;

    private const int Shortest = 80;

    public static async Task<IReadOnlyList<Suggestion>> Find(CrmDb db, CustomFieldSet custom, string? field, string? of, string? q, CancellationToken stop)
    {
        var sought = SearchText.Fold(q);
        if (await Rows(db, field, of, sought, stop) is { } rows) return rows;
        if (of is not null) return field?.EndsWith("product.category", StringComparison.Ordinal) == true ? await Categories(db, sought, stop) : [];
        if (RuleFields.Find(field ?? "", new("", custom))?.Custom is { } own) return await Custom(db, own, sought, stop);
        if (Column(field) is not { } column) return [];
        var values = db.Customers.OrderByDescending(c => c.Id).Take(Among).Select(column).Where(value => value != null && value != "");
        var found = await values.GroupBy(value => value!).Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(one => one.Count).ThenBy(one => one.Key).Take(sought.Length == 0 ? Most : Among).ToListAsync(stop);
        return [.. found.Where(one => one.Key.Length <= Shortest && SearchText.Fold(Name(field!, one.Key) + " " + one.Key).Contains(sought, StringComparison.Ordinal)).Take(Most)
            .Select(one => new Suggestion(one.Key, one.Key, Name(field!, one.Key)))];
    }

    private static string? Name(string field, string value) => field.EndsWith("country", StringComparison.Ordinal) ? Countries.NameOf(value) : null;

    /// <summary>Rows of the tenant; null where the field is none of them.</summary>
    private static async Task<List<Suggestion>?> Rows(CrmDb db, string? field, string? of, string sought, CancellationToken stop)
    {
        var kind = field switch
        {
            RulePart.Tags => RuleKind.Tag,
            RulePart.Segments => RuleKind.Segment,
            _ when of is null => RuleFields.Customer.FirstOrDefault(each => each.Name == field)?.Kind,
            _ => RuleFields.Collections.FirstOrDefault(each => each.Name == of)?.Find(field ?? "")?.Kind,
        };
        return kind is { } named ? await Rows(db, named, field == "organisation", sought, stop) : null;
    }

    private static async Task<List<Suggestion>?> Rows(CrmDb db, RuleKind kind, bool organisations, string sought, CancellationToken stop)
    {
        IQueryable<RuleName>? rows = kind switch
        {
            RuleKind.Tag => db.Tags.Where(t => t.NameNormal.Contains(sought)).OrderBy(t => t.NameNormal).Select(t => new RuleName(t.Id, t.Name)),
            RuleKind.Product => db.Products.Where(p => p.NameNormal.Contains(sought)).OrderBy(p => p.NameNormal).Select(p => new RuleName(p.Id, p.Name)),
            RuleKind.Customer => db.Customers.Where(c => c.NameNormal.StartsWith(sought) && (!organisations || c.Kind == CustomerKind.Organisation)).OrderBy(c => c.NameNormal).Select(c => new RuleName(c.Id, c.Name)),
            RuleKind.Member => db.Members.OrderBy(m => m.Name).Select(m => new RuleName(m.Id, m.Name)),
            _ => null,
        };
        if (rows is null) return null;
        var found = await (kind == RuleKind.Member ? rows : rows.Take(Most)).ToListAsync(stop);
        return [.. found.Where(row => kind != RuleKind.Member || SearchText.Fold(row.Name).Contains(sought, StringComparison.Ordinal)).Take(Most).Select(row => new Suggestion(RuleText.Id(row.Id), row.Name, null))];
    }

    private static async Task<List<Suggestion>> Categories(CrmDb db, string sought, CancellationToken stop)
    {
        var found = await db.Products.Where(p => p.CategoryNormal != null && p.CategoryNormal.Contains(sought)).GroupBy(p => p.CategoryNormal).Select(group => new { group.Key, Name = group.Min(p => p.Category) })
            .OrderBy(one => one.Key).Take(Most).ToListAsync(stop);
        return found.ConvertAll(one => new Suggestion(one.Name!, one.Name!, null));
    }

    private static async Task<List<Suggestion>> Custom(CrmDb db, CustomField field, string sought, CancellationToken stop)
    {
        var id = field.Id;
        if (field.Type == CustomFieldType.Member) return await Rows(db, RuleKind.Member, false, sought, stop) ?? [];
        if (field.Type == CustomFieldType.Customer) return await Rows(db, RuleKind.Customer, false, sought, stop) ?? [];
        var values = db.CustomValues.Where(v => v.FieldId == id && v.Text != null && v.TextNormal!.Contains(sought)).OrderByDescending(v => v.Id).Take(Among).Select(v => v.Text!);
        var found = await values.GroupBy(value => value).Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(one => one.Count).ThenBy(one => one.Key).Take(Most).ToListAsync(stop);
        return [.. found.Where(one => one.Key.Length <= Shortest).Select(one => new Suggestion(one.Key, one.Key, null))];
    }

    private static Expression<Func<Customer, string?>>? Column(string? field) => field switch
    {
        "country" => c => c.Country,
        "city" => c => c.City,
        "region" => c => c.Region,
        "postalCode" => c => c.PostalCode,
        "industry" => c => c.Industry,
        "language" => c => c.Language,
        "source" => c => c.Source,
        "organisation.country" => c => c.Organisation!.Country,
        "organisation.city" => c => c.Organisation!.City,
        "organisation.region" => c => c.Organisation!.Region,
        "organisation.industry" => c => c.Organisation!.Industry,
        "organisation.source" => c => c.Organisation!.Source,
        "organisation.name" => c => c.Organisation!.Name,
        "owner.name" => c => c.Owner!.Name,
        _ => null,
    };
}
