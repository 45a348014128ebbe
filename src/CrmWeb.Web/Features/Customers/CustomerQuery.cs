using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What an address of the list asks for. The list, the export and the saved link read it the same way.</summary>
public sealed record CustomerQuery(CustomerFilter Filter, CustomerSort Sort, string? Search, IReadOnlyList<string> Ignored)
{
    /// <summary>A rule besides the filters, as programs may say it.</summary>
    public Expression<Func<Customer, bool>>? Meant { get; init; }

    private static readonly HashSet<string> Reserved =
        new([ListUrl.After, ListUrl.Before, ListUrl.Then, Columns.Parameter, Columns.SortParameter, Shared.Tags.FilterBarTag.SearchParameter, "lang", "theme"], StringComparer.Ordinal);

    /// <param name="query">Of the address.</param>
    /// <param name="custom">The custom fields that the member sees.</param>
    /// <param name="others">Further parameters of the address that are no filter.</param>
    public static CustomerQuery Read(IQueryCollection query, CustomFieldSet custom, params IEnumerable<string> others)
    {
        var pairs = from parameter in query from value in parameter.Value select new KeyValuePair<string, string>(parameter.Key, value ?? "");
        var filter = CustomerFilter.Parse(pairs, [.. Reserved, .. others], custom, out var ignored);
        var asked = query[Columns.SortParameter].ToString();
        var sort = CustomerSort.Parse(asked, custom);
        if (sort is null && asked.Length > 0) ignored = [.. ignored, Columns.SortParameter];
        var search = query[Shared.Tags.FilterBarTag.SearchParameter].ToString().Trim();
        return new(filter, sort ?? CustomerSort.Default, search.Length == 0 ? null : search, ignored);
    }

    /// <summary>The customers it means, as the member may see them; in no order yet.</summary>
    public async Task<IQueryable<Customer>> Customers(CrmDb db, CurrentMember me, CancellationToken stop)
    {
        var asked = Search is null ? db.Customers : await CustomerFinding.Matching(db, Search, me.Pass.Country, stop);
        var customers = Visible(db.Seen(asked).AsNoTracking(), db.Current.Actor);
        if (Filter.AsksForArchived) customers = customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]);
        return Filter.Apply(Meant is null ? customers : customers.Where(Meant), ContextOf(db, me));
    }

    /// <summary>The list of the customers behind a number on a page that is filtered like the list.</summary>
    /// <param name="sort">As the list has it.</param>
    /// <param name="columns">That the list shows.</param>
    /// <param name="count">How many they were.</param>
    /// <param name="ask">Filters besides those of the page, of which those of the same fields give way.</param>
    public string List(string sort, string columns, int count, IEnumerable<KeyValuePair<string, string>> ask)
    {
        List<KeyValuePair<string, string>> asked = [.. ask];
        var kept = Filter.ToPairs().Where(pair => asked.TrueForAll(one => CustomerFilter.Stem(one.Key) != CustomerFilter.Stem(pair.Key)));
        var search = Search is null ? [] : new KeyValuePair<string, string>[] { new(Shared.Tags.FilterBarTag.SearchParameter, Search) };
        return $"~/customers{new QueryBuilder([.. kept, .. search, .. asked, new(Columns.SortParameter, sort), new(Columns.Parameter, columns), new(ListUrl.Then, count.ToString(CultureInfo.InvariantCulture))])}";
    }

    internal static CustomerFilterContext ContextOf(CrmDb db, CurrentMember me) =>
        new(me.Today, day => day == DateOnly.MaxValue ? DateTime.MaxValue : me.ToUtc(day.ToDateTime(TimeOnly.MinValue)), me.Id, me.Pass.Country, me.Pass.Currency, db.Indexed)
        {
            Tenant = (TenantDay.Today(me), day => day == DateOnly.MaxValue ? DateTime.MaxValue : TenantDay.Start(me, day)),
            CustomValues = db.CustomValues,
            DuplicatePairs = db.DuplicatePairs,
            Changes = db.Changes,
            Follows = db.Follows,
            InSegments = db.InSegments,
        };

    // The filter of visibility asks three things at once, which no index answers; whose own customers these are, one does.
    private static IQueryable<Customer> Visible(IQueryable<Customer> customers, Actor actor)
    {
        if (actor.Sees != Visibility.Own) return customers;
        var me = actor.MemberId;
        return customers.Where(c => c.OwnerId == me);
    }
}
