using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a form said when it was opened, carried along in it: with that, a conflict can tell what the colleague changed from what was typed here.</summary>
public static class CustomerSeen
{
    private static readonly FrozenDictionary<string, string> Nothing = FrozenDictionary<string, string>.Empty;

    internal static readonly PropertyInfo[] Properties =
        [.. typeof(CustomerForm).GetProperties().Where(p => p.Name is not (nameof(CustomerForm.Version) or nameof(CustomerForm.Seen) or nameof(CustomerForm.Take) or nameof(CustomerForm.Custom)))];

    public static string Write(CustomerForm form, CustomFieldSet custom) => JsonSerializer.Serialize(Fields(custom).ToDictionary(field => field.Name, field => Value(form, field)));

    /// <summary>By the names of fields; empty when the text is none of ours.</summary>
    public static IReadOnlyDictionary<string, string> Read(string? seen)
    {
        try
        {
            return string.IsNullOrEmpty(seen) ? Nothing : JsonSerializer.Deserialize<Dictionary<string, string>>(seen) ?? (IReadOnlyDictionary<string, string>)Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    /// <summary>Two people edited one customer: the fields that the colleague changed from what this form began with, each to be kept or taken over.</summary>
    public static async Task<Conflict> ConflictOf(CustomerForm mine, CustomerForm theirs, DateTime changedAt, CustomFieldSet custom, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var seen = Read(mine.Seen);
        var fields = new List<ConflictField>();
        foreach (var field in Fields(custom))
        {
            var (now, typed) = (Value(theirs, field), Value(mine, field));
            var was = seen.GetValueOrDefault(field.Name) ?? typed;
            if (now == was || now == typed) continue;
            fields.Add(new(field.Label(L), await Shown(field, now, db, L, stop), await Shown(field, typed, db, L, stop))
            {
                Name = field.Name,
                Was = await Shown(field, was, db, L, stop),
                Take = typed == was,
            });
        }

        return new(fields) { ChangedAt = changedAt };
    }

    /// <summary>One field alone, as it stands in the form.</summary>
    internal static string Write(CustomerForm form, SeenField field) => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [field.Name] = Value(form, field) });

    /// <summary>The field that a column of the list or a fact of the page shows; null when nobody edits it, or the member does not see it (T10).</summary>
    internal static SeenField? Find(string column, CustomFieldSet custom)
    {
        var name = column switch { "owner" => nameof(CustomerForm.OwnerId), "team" => nameof(CustomerForm.TeamId), CustomerColumns.Tier => nameof(CustomerForm.ServiceTierId), "organisation" => nameof(CustomerForm.OrganisationId), "channel" => nameof(CustomerForm.PreferredChannel), _ => column };
        return Fields(custom).FirstOrDefault(field => field.Custom is null ? field.Name.Equals(name, StringComparison.OrdinalIgnoreCase) : field.Name == name);
    }

    /// <summary>The fields in which two customers differ, by the names that the API has for them, with what people read of both.</summary>
    public static async Task<List<ConflictField>> Between(CustomerForm mine, CustomerForm theirs, CustomFieldSet custom, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var differing = new List<ConflictField>();
        foreach (var field in Fields(custom))
        {
            var (own, other) = (Value(mine, field), Value(theirs, field));
            if (own != other) differing.Add(new(field.Label(L), await Shown(field, other, db, L, stop), await Shown(field, own, db, L, stop)) { Name = JsonNamingPolicy.CamelCase.ConvertName(field.Name) });
        }

        return differing;
    }

    /// <summary>Puts the colleague's values into the fields that were chosen. Answers their names.</summary>
    public static IReadOnlyList<string> TakeOver(CustomerForm mine, CustomerForm theirs, CustomFieldSet custom)
    {
        var taken = Fields(custom).Where(field => mine.Take.Contains(field.Name, StringComparer.Ordinal)).ToList();
        foreach (var field in taken) field.Take(mine, theirs);
        return [.. taken.Select(field => field.Input)];
    }

    /// <summary>The value as one text, the same however its line ends and edges were typed.</summary>
    internal static string Value(CustomerForm form, SeenField field) =>
        field.Text(form).Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    internal static async Task<string?> Shown(SeenField field, string value, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        if (value.Length == 0) return null;
        var id = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return field.Name switch
        {
            _ when field.Custom is { Type: CustomFieldType.Choice or CustomFieldType.Choices } choice =>
                string.Join(L[", "], value.Split('\n').Select(option => CustomText.Id(option) is { } chosen ? choice.Option(chosen)?.Name : null).OfType<string>()),
            _ when field.Custom is { Type: CustomFieldType.YesNo } => value == "true" ? L["Yes"] : L["No"],
            _ when field.Custom is { Type: CustomFieldType.Member } => await db.Members.Where(m => m.Id == id).Select(m => m.Name).FirstOrDefaultAsync(stop) ?? "?",
            _ when field.Custom is { Type: CustomFieldType.Customer } => await db.Customers.Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.Kind) when Enum.TryParse<CustomerKind>(value, out var kind) => L.Of(kind),
            nameof(CustomerForm.Stage) when Enum.TryParse<LifecycleStage>(value, out var stage) => L.Of(stage),
            nameof(CustomerForm.PreferredChannel) when Enum.TryParse<Channel>(value, out var channel) => L.Of(channel),
            nameof(CustomerForm.OwnerId) => await db.Members.Where(m => m.Id == id).Select(m => m.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.TeamId) => await db.Teams.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.ServiceTierId) => await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.OrganisationId) => await db.Customers.Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.OtherEmails) or nameof(CustomerForm.OtherPhones) or nameof(CustomerForm.Tags) => value.Replace("\n", L[", "], StringComparison.Ordinal),
            _ => value,
        };
    }

    /// <summary>The fields that people edit, in the order of the form.</summary>
    private static IEnumerable<SeenField> Fields(CustomFieldSet custom) => Properties.Select(property => new SeenField(property, null)).Concat(custom.All.Select(field => new SeenField(null, field)));

    /// <summary>A field of the form, one of its own or a custom one.</summary>
    internal sealed record SeenField(PropertyInfo? Property, CustomField? Custom)
    {
        public string Name => Custom?.Name ?? Property!.Name;

        public string Input => Custom is null ? Property!.Name : CustomerFormFields.Name(Custom);

        public string Label(IStringLocalizer L) => Custom?.Label ?? L[Property!.GetCustomAttribute<DisplayAttribute>()!.Name!];

        public string Text(CustomerForm form) => Custom is null
            ? Convert.ToString(Property!.GetValue(form), CultureInfo.InvariantCulture) ?? ""
            : string.Join('\n', form.Custom.GetValueOrDefault(Custom.Key, []).Where(text => !string.IsNullOrEmpty(text)));

        public void Take(CustomerForm mine, CustomerForm theirs)
        {
            if (Custom is null) Property!.SetValue(mine, Property.GetValue(theirs));
            else mine.Custom[Custom.Key] = theirs.Custom.GetValueOrDefault(Custom.Key, []);
        }
    }
}
