using Microsoft.AspNetCore.Http.Extensions;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The address of the list one is on, with one thing changed. Whatever changes what is listed goes back to the first page.</summary>
public static class ListUrl
{
    public const string After = "after";
    public const string Before = "before";

    /// <summary>How many there were when somebody counted them: of the list that a number opens, and of no other.</summary>
    public const string Then = "then";

    /// <summary>Replaces the named parameters; a null value takes one away. Cursors are dropped unless they are named.</summary>
    public static string With(HttpRequest request, params (string Name, string? Value)[] changes)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Kept(request, [.. changes.Select(change => change.Name)])) query.Add(name, value);
        foreach (var (name, value) in changes)
        {
            if (value is not null) query.Add(name, value);
        }

        return $"{request.PathBase}{request.Path}{query}";
    }

    /// <summary>Every parameter of the address but the named ones and the cursors: the hidden fields of a form that changes the named ones.</summary>
    public static IEnumerable<(string Name, string Value)> Kept(HttpRequest request, params string[] but) =>
        from parameter in request.Query
        where parameter.Key is not (After or Before or Then) && !but.Contains(parameter.Key, StringComparer.Ordinal)
        from value in parameter.Value
        where !string.IsNullOrEmpty(value)
        select (parameter.Key, value);
}
