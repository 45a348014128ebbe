using CrmWeb.Data;
using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What the database knows of the rows of a batch, asked for once for all of them and never row by row.</summary>
internal sealed class BatchKnown
{
    private static readonly DetailField ExternalId = DetailField.Of(ImportField.ExternalId);

    /// <summary>The visible customers that a key may mean.</summary>
    public List<Customer> Customers { get; private set; } = [];

    /// <summary>Organisations by their folded names; null where several have the name.</summary>
    public Dictionary<string, long?> Organisations { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Organisations by their folded names of which this import knows the name only: an earlier batch made them because a row named them.</summary>
    public Dictionary<string, Customer> Named { get; private set; } = [];

    /// <summary>Who has an external id, be they archived or invisible.</summary>
    public Dictionary<string, long> Taken { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>The keys of our own files that speak of an archived customer.</summary>
    public HashSet<string> Archived { get; } = new(StringComparer.Ordinal);

    /// <summary>Customers and the folded names of their tags.</summary>
    public HashSet<(long Customer, string Tag)> Tags { get; private set; } = [];

    /// <summary>Who may be the same as a row that no key finds.</summary>
    public DuplicateMatching Alike { get; private set; } = new();

    public static async Task<BatchKnown> Load(CrmDb db, MatchKeys keys, OnDuplicate onDuplicate, long importId, IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        var known = new BatchKnown();
        if (Wanted(rows, row => row.Organisation is { } name ? SearchText.Fold(name) : null) is { Count: > 0 } names)
        {
            var found = await db.Customers.Where(c => c.Kind == CustomerKind.Organisation && names.Contains(c.NameNormal))
                .Select(c => new { c.NameNormal, c.Id }).ToListAsync(stop);
            known.Organisations = found.GroupBy(c => c.NameNormal, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count() == 1 ? g.First().Id : (long?)null, StringComparer.Ordinal);
        }

        if (Wanted(rows, row => row.Details.Kind == CustomerKind.Organisation ? SearchText.Fold(row.Details.Name) : null) is { Count: > 0 } own)
        {
            var there = await db.Customers.AsNoTracking().Where(c => c.Kind == CustomerKind.Organisation && own.Contains(c.NameNormal)).ToListAsync(stop);
            await db.LoadContactPoints(there, stop);
            foreach (var one in there.GroupBy(c => c.NameNormal, StringComparer.Ordinal))
            {
                known.Organisations[one.Key] = one.Count() == 1 ? one.First().Id : null;
                if (one.Count() == 1 && one.First() is { Version: 0, ExternalId: null, Email: null, Phone: null } only && only.ImportId == importId) known.Named[one.Key] = only;
            }
        }

        if (Wanted(rows, row => row.Given.Contains(ExternalId) ? row.Details.ExternalId : null) is { Count: > 0 } ids) known.Taken = await db.TakenExternalIds(ids, stop);
        var wanted = Wanted(rows, keys.ValueOf);
        // an id that nobody has finds nobody
        if (keys.Rule == MatchRule.ExternalId) wanted.RemoveAll(id => !known.Taken.ContainsKey(id));
        known.Customers = await Match(db, keys.Rule, wanted, stop);
        if (keys.Rule != MatchRule.Nothing) await known.AddExported(db, rows, stop);
        await known.AddAlike(db, keys, onDuplicate, importId, rows, stop);
        if (known.Customers.Count > 0 && rows.Any(row => row.Tags.Count > 0)) known.Tags = await TagsOf(db, known.Customers, stop);
        return known;
    }

    /// <summary>The customers that rows of our own files were written of.</summary>
    private async Task AddExported(CrmDb db, IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        List<long> ids = [.. rows.Where(row => !row.IsRefused).Select(row => RowKey.IdOf(row.Row.Key)).OfType<long>().Distinct()];
        if (ids.Count == 0) return;
        var exported = await db.Customers.AsNoTracking().Include(c => c.ContactPoints).Include(c => c.Organisation).Where(c => ids.Contains(c.Id)).ToListAsync(stop);
        Customers = [.. exported.UnionBy(Customers, c => c.Id)];
        if (exported.Count == ids.Count) return;
        var archived = db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(c => c.DeletedAt != null && ids.Contains(c.Id));
        foreach (var customer in await archived.Select(c => new { c.Id, c.CreatedAt }).ToListAsync(stop)) Archived.Add(RowKey.Of(customer.Id, customer.CreatedAt));
    }

    /// <summary>Where rows mean whoever is like them, those are read as if a key had found them.</summary>
    private async Task AddAlike(CrmDb db, MatchKeys keys, OnDuplicate onDuplicate, long importId, IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        var (found, exported) = (Customers.SelectMany(keys.KeysOf).ToHashSet(StringComparer.Ordinal), Customers.Select(c => RowKey.Of(c.Id, c.CreatedAt)).ToHashSet(StringComparer.Ordinal));
        List<DuplicateProfile> sought =
        [
            .. rows.Where(row => !row.IsRefused && !(row.Row.Key is { } own && exported.Contains(own)) && !(keys.KeyOf(row) is { } key && found.Contains(key))).Select(row => DuplicateProfile.Of(row.Details)),
        ];
        Alike = await DuplicateMatching.Load(db, sought, importId, stop);
        if (onDuplicate != OnDuplicate.Update) return;
        List<long> ids = [.. sought.Select(Alike.Find).OfType<LikelyDuplicate>().Where(one => one.Likeness.IsOfName).Select(one => one.Id).Distinct().Except(Customers.Select(c => c.Id))];
        if (ids.Count == 0) return;
        var there = await db.Customers.AsNoTracking().Include(c => c.Organisation).Where(c => ids.Contains(c.Id)).ToListAsync(stop);
        await db.LoadContactPoints(there, stop);
        Customers = [.. Customers, .. there];
    }

    private static List<string> Wanted(IReadOnlyList<ReadRow> rows, Func<ReadRow, string?> value) =>
        [.. rows.Where(row => !row.IsRefused).Select(value).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static async Task<List<Customer>> Match(CrmDb db, MatchRule rule, List<string> keys, CancellationToken stop)
    {
        if (keys.Count == 0) return [];
        var customers = db.Customers.AsNoTracking();
        var found = rule switch
        {
            MatchRule.ExternalId => await customers.Where(c => keys.Contains(c.ExternalId!)).ToListAsync(stop),
            MatchRule.Name => await customers.Include(c => c.Organisation).Where(c => keys.Contains(c.NameNormal)).ToListAsync(stop),
            MatchRule.Email => await WithFurther(db, await customers.Where(c => keys.Contains(c.EmailNormal!)).ToListAsync(stop), ContactPointKind.Email, keys, stop),
            _ => await WithFurther(db, await customers.Where(c => keys.Contains(c.PhoneNormal!)).ToListAsync(stop), ContactPointKind.Phone, keys, stop),
        };
        await db.LoadContactPoints(found, stop);
        return found;
    }

    // two look-ups, for an index serves each of them and none their union
    private static async Task<List<Customer>> WithFurther(CrmDb db, List<Customer> first, ContactPointKind kind, List<string> keys, CancellationToken stop)
    {
        // made distinct here: asked to, SQLite walks through the points of the tenant in the order of their customers
        var others = await db.ContactPoints.Where(p => p.Kind == kind && keys.Contains(p.Normal!)).Select(p => p.CustomerId).ToListAsync(stop);
        List<long> missing = [.. others.Except(first.Select(c => c.Id))];
        if (missing.Count > 0) first.AddRange(await db.Customers.AsNoTracking().Where(c => missing.Contains(c.Id)).ToListAsync(stop));
        return first;
    }

    private static async Task<HashSet<(long, string)>> TagsOf(CrmDb db, List<Customer> customers, CancellationToken stop)
    {
        List<long> ids = [.. customers.Select(c => c.Id)];
        var pairs = await db.CustomerTags.Where(t => ids.Contains(t.CustomerId)).Select(t => new { t.CustomerId, t.Tag!.NameNormal }).ToListAsync(stop);
        return [.. pairs.Select(pair => (pair.CustomerId, pair.NameNormal))];
    }
}

/// <summary>By what a row and a customer are the same, under the rule that was chosen.</summary>
internal sealed class MatchKeys(ImportSettings settings)
{
    private readonly bool withOrganisation = settings.Fields.Contains(ImportField.Organisation, StringComparer.Ordinal);

    public MatchRule Rule => settings.Match;

    /// <summary>What is looked for in the database; null when the row has nothing to be found by, and is a new customer then.</summary>
    public string? ValueOf(ReadRow row) => settings.Match switch
    {
        MatchRule.ExternalId => row.Details.ExternalId,
        MatchRule.Email => Addresses(row.Details, ContactPointKind.Email).FirstOrDefault(),
        MatchRule.Phone => Addresses(row.Details, ContactPointKind.Phone).FirstOrDefault(),
        MatchRule.Name when row.Details.Name.Length > 0 => SearchText.Fold(row.Details.Name),
        _ => null,
    };

    /// <summary>The value made exact: a name means a person or an organisation, of one organisation or none.</summary>
    public string? KeyOf(ReadRow row) =>
        settings.Match == MatchRule.Name && ValueOf(row) is { } name ? NameKey(row.Details.Kind, name, row.Organisation is { } o ? SearchText.Fold(o) : "") : ValueOf(row);

    public IEnumerable<string> KeysOf(Customer customer) => settings.Match switch
    {
        MatchRule.ExternalId => customer.ExternalId is { } id ? [id] : [],
        MatchRule.Email => Points(customer, ContactPointKind.Email, customer.EmailNormal),
        MatchRule.Phone => Points(customer, ContactPointKind.Phone, customer.PhoneNormal),
        MatchRule.Name => [NameKey(customer.Kind, customer.NameNormal, customer.Organisation?.NameNormal ?? "")],
        _ => [],
    };

    /// <summary>What a later row of the same batch finds a new customer by.</summary>
    public IEnumerable<string> KeysOf(ReadRow row) => settings.Match switch
    {
        MatchRule.Email => Addresses(row.Details, ContactPointKind.Email),
        MatchRule.Phone => Addresses(row.Details, ContactPointKind.Phone),
        _ => KeyOf(row) is { } key ? [key] : [],
    };

    private string NameKey(CustomerKind kind, string name, string organisation) => $"{(int)kind}\n{name}\n{(withOrganisation ? organisation : "")}";

    private static IEnumerable<string> Points(Customer customer, ContactPointKind kind, string? first) =>
        customer.ContactPoints.Where(p => p.Kind == kind).Select(p => p.Normal).Prepend(first).OfType<string>();

    private static IEnumerable<string> Addresses(CustomerDetails d, ContactPointKind kind)
    {
        var typed = kind == ContactPointKind.Email ? d.OtherEmails.Prepend(d.Email) : d.OtherPhones.Prepend(d.Phone);
        return typed.Select(text => ContactPoint.Normalise(kind, text, d.PhoneCountry)).OfType<string>();
    }
}
