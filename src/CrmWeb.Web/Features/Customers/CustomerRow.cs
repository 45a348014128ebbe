using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A row of the list, read in one query; tags come in a second one, for the whole page, when their column is shown.</summary>
public sealed record CustomerRow(
    long Id, CustomerKind Kind, string Name, string NameNormal, string? Email, string? Phone, string? Website, string? Street, string? City, string? Region,
    string? PostalCode, string? Country, string? Industry, string? Language, Channel? PreferredChannel, LifecycleStage Stage, DateTime StageChangedAt, string? Source,
    string? ExternalId, string? Owner, string? Team, long? OrganisationId, string? Organisation, DateTime CreatedAt, DateTime UpdatedAt,
    DateTime? DeletedAt, DateTime? LastInteractionAt, long? TierId, int? TierPosition, CustomerWorth? Worth)
{
    /// <summary>An organisation that the member may not see, or that is archived, is not named.</summary>
    public static readonly Expression<Func<Customer, CustomerRow>> Of = c => new CustomerRow(
        c.Id, c.Kind, c.Name, c.NameNormal, c.Email, c.Phone, c.Website, c.Street, c.City, c.Region, c.PostalCode, c.Country, c.Industry, c.Language,
        c.PreferredChannel, c.Stage, c.StageChangedAt, c.Source, c.ExternalId, c.Owner!.Name, c.Team!.Name, c.Organisation!.Id, c.Organisation!.Name,
        c.CreatedAt, c.UpdatedAt, c.DeletedAt, c.LastInteractionAt, c.EffectiveTierId, c.EffectiveTier!.DeletedAt == null ? (int?)c.EffectiveTier.Position : null,
        new CustomerWorth(
            c.LastInboundAt, c.LastOutboundAt, c.InteractionsIn90Days, c.OrderCount, c.FirstOrderAt, c.LastOrderAt, c.TotalSpent, c.Margin, c.AverageOrder,
            c.DaysBetweenOrders, c.OpenDeals, c.OpenDealsValue, c.OpenCases, c.RfmRecency, c.RfmFrequency, c.RfmMonetary,
            c.ServiceMinutes, c.ServiceCost, c.ContactCost, c.Profit, c.AlivePercent, c.ExpectedOrders, c.PredictedValue));

    /// <summary>The same, with nothing read for columns that are not shown.</summary>
    public static Expression<Func<Customer, CustomerRow>> With(IEnumerable<string> columns)
    {
        var needed = columns.SelectMany(FieldsOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var row = (NewExpression)Of.Body;
        var fields = row.Constructor!.GetParameters();
        var values = row.Arguments.Select((value, i) => needed.Contains(fields[i].Name!) || Always.Contains(fields[i].Name!) ? value : Nothing(value.Type));
        return Expression.Lambda<Func<Customer, CustomerRow>>(row.Update(values), Of.Parameters);
    }

    private static readonly HashSet<string> Always = new(StringComparer.Ordinal)
    {
        nameof(Id), nameof(Kind), nameof(Name), nameof(NameNormal), nameof(DeletedAt),
    };

    private static IEnumerable<string> FieldsOf(string column) => column switch
    {
        "organisation" => [nameof(Organisation), nameof(OrganisationId)],
        "channel" => [nameof(PreferredChannel)],
        "serviceTier" => [nameof(TierId), nameof(TierPosition)],
        "created" => [nameof(CreatedAt)],
        "contact" => [nameof(LastInteractionAt)],
        "updated" => [nameof(UpdatedAt)],
        "stageChanged" => [nameof(StageChangedAt)],
        _ when CustomerWorth.Find(column) is not null => [nameof(Worth)],
        _ => [column],
    };

    private static ConstantExpression Nothing(Type type) => Expression.Constant(type.IsValueType ? Activator.CreateInstance(type) : null, type);

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Tier { get; init; }

    public IReadOnlyList<CustomShown> Custom { get; init; } = [];

    /// <summary>What amounts of <see cref="Worth"/> are in.</summary>
    public string Currency { get; init; } = "";

    public CustomerCursor Cursor(CustomerSort sort) => sort.Field is { } field ? CustomShown.Cursor(Custom, field, Id) :
        CustomerCursor.Of(sort.By, NameNormal, CreatedAt, LastInteractionAt, Worth, TierPosition, Id);
}
