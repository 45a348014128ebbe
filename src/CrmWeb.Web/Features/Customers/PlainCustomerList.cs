using System.Collections.Concurrent;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>
/// The list that is opened all day: everybody, by name, from the beginning or after a key, for those who see all. Compiled once for each choice of columns;
/// any other list is made anew each time.
/// </summary>
internal sealed class PlainCustomerList
{
    // choices of columns are anybody's: beyond these a list is no longer plain
    private const int MaxChoices = 100;

    private static readonly ConcurrentDictionary<string, PlainCustomerList> Known = new(StringComparer.Ordinal);

    private readonly CompiledQuery<Func<CrmDb, IAsyncEnumerable<CustomerRow>>> first;
    private readonly CompiledQuery<Func<CrmDb, string, long, IAsyncEnumerable<CustomerRow>>> following;

#pragma warning disable CA1309, CA1310, MA0001 // compared by the database, byte by byte
    private PlainCustomerList(Expression<Func<Customer, CustomerRow>> row)
    {
        first = new(() => EF.CompileAsyncQuery((CrmDb db) => db.Customers.AsNoTracking().AsSingleQuery()
            .OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Take(CustomerList.PageSize + 1).Select(row)));
        following = new(() => EF.CompileAsyncQuery((CrmDb db, string name, long id) => db.Customers.AsNoTracking().AsSingleQuery()
            .Where(c => string.Compare(c.NameNormal, name) >= 0 && (string.Compare(c.NameNormal, name) > 0 || c.Id > id))
            .OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Take(CustomerList.PageSize + 1).Select(row)));
    }
#pragma warning restore CA1309, CA1310, MA0001

    /// <summary>Null when the list is another one.</summary>
    /// <param name="db">Whose customers.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="columns">What is shown.</param>
    public static PlainCustomerList? Of(CrmDb db, CustomerQuery query, IReadOnlyCollection<string> columns)
    {
        if (!db.Current.Actor.SeesAll || query.Search is not null || query.Meant is not null) return null;
        if (query.Filter.Conditions.Count > 0 || query.Sort != CustomerSort.Default) return null;
        var choice = string.Join(',', columns);
        if (Known.TryGetValue(choice, out var known)) return known;
        return Known.Count < MaxChoices ? Known.GetOrAdd(choice, _ => new(CustomerRow.With(columns))) : null;
    }

    public async Task<List<CustomerRow>> Read(CrmDb db, CustomerCursor? from, CancellationToken stop)
    {
        var rows = new List<CustomerRow>(CustomerList.PageSize + 1);
        var asked = from is { Name: var name, Id: var id } ? following.For(db)(db, name ?? "", id) : first.For(db)(db);
        await foreach (var row in asked.WithCancellation(stop)) rows.Add(row);
        return rows;
    }
}
