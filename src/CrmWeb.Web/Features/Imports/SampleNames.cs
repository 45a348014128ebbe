using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The names behind the ids of some samples, and the values as people read them.</summary>
internal sealed record SampleNames(IReadOnlyDictionary<long, string> Customers, IReadOnlyDictionary<long, string> Members, IReadOnlyDictionary<long, string> Teams, IStringLocalizer L)
{
    /// <summary>Nothing where the field is not known.</summary>
    public string Say(DetailField field, CustomerDetails details, bool known) => !known ? "" : field.Get(details) switch
    {
        null => "",
        ImmutableArray<string> many => string.Join(", ", many),
        long id => field.Name switch
        {
            "ownerId" => Members.GetValueOrDefault(id, "?"),
            "teamId" => Teams.GetValueOrDefault(id, "?"),
            // a dry run makes none
            _ => id < 0 ? L["to be made"] : Customers.GetValueOrDefault(id, "?"),
        },
        CustomerKind kind => L.Of(kind),
        LifecycleStage stage => L.Of(stage),
        Channel channel => L.Of(channel),
        var value => value.ToString() ?? "",
    };
}
