using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The names behind the ids of some samples, and the values as people read them.</summary>
internal sealed record SampleNames(IReadOnlyDictionary<long, string> Customers, IReadOnlyDictionary<long, string> Members, IReadOnlyDictionary<long, string> Teams)
{
    /// <summary>Kind, stage and channel as the name of the value; the page says them in its language.</summary>
    public string Say(DetailField field, CustomerDetails details, bool known) => !known ? "" : field.Get(details) switch
    {
        null => "",
        ImmutableArray<string> many => string.Join(", ", many),
        long id => field.Name switch
        {
            "ownerId" => Members.GetValueOrDefault(id, "?"),
            "teamId" => Teams.GetValueOrDefault(id, "?"),
            // a dry run makes none
            _ => id < 0 ? "+" : Customers.GetValueOrDefault(id, "?"),
        },
        var value => value.ToString() ?? "",
    };
}
