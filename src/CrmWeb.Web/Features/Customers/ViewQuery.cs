using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Tags;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a saved view says to one reader.</summary>
/// <param name="Query">The list, as any address of it is read.</param>
/// <param name="Columns">Keys of columns; none where the view names none.</param>
/// <param name="Unread">Parts that this reader does not see or that are gone: they do not count, and are said to be missing (T10).</param>
internal sealed record ViewQuery(CustomerQuery Query, IReadOnlyList<string> Columns, IReadOnlyList<KeyValuePair<string, string>> Unread)
{
    /// <summary>The parameter of an address that opens a view: its number, or <see cref="All"/> for the list that no view narrows.</summary>
    public const string Parameter = "view";

    /// <summary>The parameter that says which view an address came from; it changes nothing in what is listed.</summary>
    public const string From = "of";

    public const string All = "all";

    /// <summary>Parameters of the list's address that are no filter.</summary>
    public static readonly IReadOnlyList<string> Parameters = [Parameter, From, FilterBarTag.OpenParameter];

    /// <param name="text">As <see cref="Domain.Customers.SavedView.Query"/>.</param>
    /// <param name="custom">The custom fields that the reader sees.</param>
    public static ViewQuery Read(string text, CustomFieldSet custom)
    {
        var parameters = new QueryCollection(QueryHelpers.ParseQuery(text));
        var query = CustomerQuery.Read(parameters, custom, Parameters);
        var columns = parameters[Shared.Columns.Parameter].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var unread = (from parameter in parameters from value in parameter.Value where query.Ignored.Contains(CustomerFilter.Stem(parameter.Key), StringComparer.Ordinal) select KeyValuePair.Create(parameter.Key, value ?? "")).ToList();
        var gone = columns.Where(column => column.StartsWith(CustomField.Prefix, StringComparison.Ordinal) && custom.Named(column) is null).ToList();
        unread.AddRange(gone.Select(column => KeyValuePair.Create(Shared.Columns.Parameter, column)));
        return new(query, [.. columns.Except(gone, StringComparer.Ordinal)], unread);
    }

    /// <summary>
    /// What an address asks for that may name a view: the parameters of the view as this reader reads them, but for those that the address says itself.
    /// False where the member has no such view.
    /// </summary>
    public static async Task<(IQueryCollection Asked, bool IsThere)> Opened(IQueryCollection address, MemberViews views, CustomFieldSet custom, CancellationToken stop)
    {
        if (!address.TryGetValue(Parameter, out var named)) return (address, true);
        if (!long.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || await views.Find(id, stop) is not { } view) return (address, false);
        var all = QueryHelpers.ParseQuery(Read(view.Query, custom).Write());
        all.Remove(Shared.Columns.Parameter);
        // a filter is its values and its operator together
        foreach (var said in address.Keys.Select(CustomerFilter.Stem))
        {
            all.Remove(said);
            all.Remove(said + Filters.OperatorSuffix);
        }

        foreach (var (name, value) in address) all[name] = value;
        return (new QueryCollection(all), true);
    }

    /// <summary>What is there to be read, in its one form.</summary>
    public string Write() => Write(Query, Columns);

    public static string Write(CustomerQuery query, IReadOnlyList<string> columns) => Write(Pairs(query), columns);

    /// <summary>The same with what <paramref name="stored"/> says besides to readers who see more: whoever changes a view takes nothing away from them.</summary>
    public string Write(ViewQuery stored)
    {
        var pairs = Pairs(Query).ToList();
        var kept = stored.Unread.Where(pair => pair.Key != Shared.Columns.Parameter && !pairs.Exists(mine => mine.Key == pair.Key));
        // an order of one's own comes before one that cannot be read
        if (Query.Sort != Domain.Customers.CustomerSort.Default) kept = kept.Where(pair => pair.Key != Shared.Columns.SortParameter);
        else pairs.RemoveAll(pair => pair.Key == Shared.Columns.SortParameter && stored.Unread.Any(unread => unread.Key == pair.Key));
        return Write([.. pairs, .. kept], [.. Columns, .. stored.Unread.Where(pair => pair.Key == Shared.Columns.Parameter).Select(pair => pair.Value)]);
    }

    private static string Write(IEnumerable<KeyValuePair<string, string>> pairs, IReadOnlyList<string> columns)
    {
        var text = new QueryBuilder(pairs);
        if (columns.Count > 0) text.Add(Shared.Columns.Parameter, string.Join(',', columns));
        return text.ToString().TrimStart('?');
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(CustomerQuery query)
    {
        foreach (var pair in query.Filter.ToPairs()) yield return pair;
        if (query.Search is { } words) yield return new(FilterBarTag.SearchParameter, words);
        yield return new(Shared.Columns.SortParameter, query.Sort.Text);
    }
}
