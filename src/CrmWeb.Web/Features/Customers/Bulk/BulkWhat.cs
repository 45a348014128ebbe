using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Customers.Bulk;

public enum BulkAct
{
    /// <summary>A field gets this value; without one it is emptied.</summary>
    Set = 0,

    /// <summary>Where a field has the one value, it gets the other.</summary>
    Replace = 1,

    /// <summary>Something is added to a list of several: tags, or options of a field.</summary>
    Add = 2,
    Remove = 3,
    Archive = 4,
    Log = 5,
}

/// <summary>What a bulk edit does. Values are texts as the history writes them, those of custom fields in the form of CustomText.</summary>
public sealed record BulkWhat(BulkAct Act, string? Field = null)
{
    public const string Tags = "tags";

    /// <summary>Segments without a rule; the value is the number of one.</summary>
    public const string Lists = "segments";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>What a replacement is for.</summary>
    public string? From { get; init; }

    public InteractionDetails? Contact { get; init; }

    /// <summary>What the member must be allowed to do.</summary>
    [JsonIgnore]
    public string Permission => Act == BulkAct.Log ? Permissions.LogInteractions : Field == Lists ? Permissions.EditSegments : Permissions.EditCustomers;

    [JsonIgnore]
    public long List => ChangeText.Id(Values[0]) ?? 0;

    /// <summary>Who is given the customers; null where nobody is.</summary>
    [JsonIgnore]
    public long? Owner => Field == "ownerId" && !Values.IsEmpty ? ChangeText.Id(Values[0]) : null;

    public static BulkWhat? Of(BulkEdit edit) => edit.What is null ? null : JsonSerializer.Deserialize<BulkWhat>(edit.What, Json);

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
