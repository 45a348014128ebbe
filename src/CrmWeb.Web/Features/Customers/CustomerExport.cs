using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Writes customers as CSV, a thousand at a time and by key, so that memory stays the same however many there are.</summary>
/// <param name="columns">Keys of <see cref="CustomerColumns"/>, or <see cref="AllFields"/>.</param>
/// <param name="custom">The custom fields that the member sees.</param>
public sealed class CustomerExport(CrmDb db, CustomerSort sort, IReadOnlyList<string> columns, CustomFieldSet custom)
{
    private const int ChunkSize = 1000;

    private readonly bool whole = columns.Contains("otherEmails", StringComparer.Ordinal);
    private readonly List<CustomField> fields = [.. columns.Select(custom.Named).Append(sort.Field).OfType<CustomField>().Distinct()];
    private Dictionary<long, string> owners = [];
    private Dictionary<long, ServiceTier> tiers = [];

    /// <summary>With the custom fields.</summary>
    public static IReadOnlyList<string> All(CustomFieldSet custom) => [.. AllFields, .. custom.All.Select(field => field.Name)];

    /// <summary>Everything that an import can bring back, and when it changed.</summary>
    public static IReadOnlyList<string> AllFields { get; } =
    [
        "externalId", "kind", "name", "organisation", "email", "otherEmails", "phone", "otherPhones", "website", "street", "city", "region", "postalCode", "country",
        "industry", "language", "channel", "stage", "source", "owner", "team", CustomerColumns.Tier, "tags", "description", "created", "updated", "stageChanged", "contact",
    ];

    /// <summary>The columns that a list shows, and those an import tells customers by.</summary>
    public static IReadOnlyList<string> OfList(IEnumerable<string> shown) => [.. shown.Union(["kind", "externalId"], StringComparer.Ordinal)];

    /// <summary>Answers how many customers were written.</summary>
    public async Task<long> Write(IQueryable<Customer> customers, Stream to, CancellationToken stop)
    {
        owners = await Owners(stop);
        tiers = await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().ToDictionaryAsync(t => t.Id, stop);
        var currency = await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => t.Currency).SingleAsync(stop);
        // the writer works on memory and each chunk is sent on: the body of an answer takes no synchronous writes
        using var chunk = new MemoryStream();
        await using var csv = new CsvWriting(chunk, [.. columns.Select(Header)]);
        var written = 0L;
        foreach (var part in whole ? InOrderOfImport(customers) : [customers])
        {
            await foreach (var rows in Chunks(part, stop))
            {
                foreach (var row in rows) csv.Row([.. columns.Select(column => custom.Named(column) is { } field ? row.Cell(field, owners) : row.Cell(column, currency))], RowKey.Of(row.Row.Id, row.Row.CreatedAt));
                written += rows.Count;
                await Send();
            }
        }

        await Send();
        return written;

        async Task Send()
        {
            await csv.FlushAsync();
            chunk.Position = 0;
            await chunk.CopyToAsync(to, stop);
            chunk.SetLength(0);
        }
    }

    // Whoever reads the file row by row meets an organisation before those who belong to it.
    private static IQueryable<Customer>[] InOrderOfImport(IQueryable<Customer> customers) =>
    [
        customers.Where(c => c.Kind == CustomerKind.Organisation && c.OrganisationId == null),
        customers.Where(c => c.Kind == CustomerKind.Organisation && c.OrganisationId != null),
        customers.Where(c => c.Kind == CustomerKind.Person),
    ];

    private async IAsyncEnumerable<List<ExportedCustomer>> Chunks(IQueryable<Customer> customers, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        CustomerCursor? from = null;
        do
        {
            var rows = new List<ExportedCustomer>(ChunkSize);
            foreach (var range in sort.Ranges(from, backwards: false))
            {
                if (rows.Count < ChunkSize) rows.AddRange(await range(customers).Select(ExportedCustomer.Of).Take(ChunkSize - rows.Count).ToListAsync(stop));
            }

            if (rows.Count == 0) yield break;
            rows = await Filled(rows, stop);
            yield return rows;
            from = rows.Count == ChunkSize ? rows[^1].Cursor(sort) : null;
        }
        while (from is not null);
    }

    private async Task<List<ExportedCustomer>> Filled(List<ExportedCustomer> rows, CancellationToken stop)
    {
        var ids = rows.ConvertAll(row => row.Row.Id);
        var tags = columns.Contains(CustomerColumns.Tags, StringComparer.Ordinal) ? await Tags(ids, stop) : Enumerable.Empty<long>().ToLookup(id => id, _ => "");
        var points = whole ? await Points(ids, stop) : Enumerable.Empty<ContactPoint>().ToLookup(point => point.CustomerId);
        var values = await CustomShown.Read(db, ids, fields, stop);
        return rows.ConvertAll(row => row with
        {
            Custom = [.. values[row.Row.Id]],
            Owner = row.Row.OwnerId is { } owner ? owners.GetValueOrDefault(owner) : null,
            Tier = row.Row.ServiceTierId is { } tier ? tiers.GetValueOrDefault(tier) : null,
            Counts = row.Row.EffectiveTierId is { } counts ? tiers.GetValueOrDefault(counts) : null,
            Tags = [.. tags[row.Row.Id]],
            OtherEmails = ContactPoint.Typed(points[row.Row.Id], ContactPointKind.Email),
            OtherPhones = ContactPoint.Typed(points[row.Row.Id], ContactPointKind.Phone),
        });
    }

    private async Task<ILookup<long, string>> Tags(List<long> ids, CancellationToken stop)
    {
        var tags = await db.CustomerTags.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => ids.Contains(t.CustomerId))
            .OrderBy(t => t.Tag!.NameNormal).Select(t => new { t.CustomerId, t.Tag!.Name }).ToListAsync(stop);
        return tags.ToLookup(tag => tag.CustomerId, tag => tag.Name);
    }

    private async Task<ILookup<long, ContactPoint>> Points(List<long> ids, CancellationToken stop)
    {
        var points = await db.ContactPoints.AsNoTracking().IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => ids.Contains(p.CustomerId)).ToListAsync(stop);
        return points.ToLookup(point => point.CustomerId);
    }

    // People are told by their names. Where a name does not tell one, and in a file of all fields, the mail address does, which no two members share.
    private async Task<Dictionary<long, string>> Owners(CancellationToken stop)
    {
        var members = db.Members.Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { m.Id, m.Name, u.Email, m.DeactivatedAt });
        var all = await members.ToListAsync(stop);
        var shared = all.GroupBy(m => SearchText.Fold(m.Name), StringComparer.Ordinal).Where(named => named.Count() > 1).Select(named => named.Key).ToHashSet(StringComparer.Ordinal);
        return all.ToDictionary(m => m.Id, m => whole || m.DeactivatedAt is not null || shared.Contains(SearchText.Fold(m.Name)) ? m.Email ?? m.Name : m.Name);
    }

    // the names that an import knows
    private static string Header(string column) => column switch
    {
        "channel" => "preferredChannel",
        "created" => "createdAt",
        "updated" => "updatedAt",
        "stageChanged" => "stageChangedAt",
        "contact" => "lastContact",
        _ => column,
    };
}
