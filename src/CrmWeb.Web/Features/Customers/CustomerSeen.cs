using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a form said when it was opened, carried along in it: with that, a conflict can tell what the colleague changed from what was typed here.</summary>
public static class CustomerSeen
{
    private static readonly FrozenDictionary<string, string> Nothing = FrozenDictionary<string, string>.Empty;

    /// <summary>The fields that people edit, by name, in the order of the form.</summary>
    public static IReadOnlyList<PropertyInfo> Fields { get; } =
        [.. typeof(CustomerForm).GetProperties().Where(p => p.Name is not (nameof(CustomerForm.Version) or nameof(CustomerForm.Seen) or nameof(CustomerForm.Take)))];

    public static string Write(CustomerForm form) => JsonSerializer.Serialize(Fields.ToDictionary(field => field.Name, field => Value(form, field)));

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
    public static async Task<Conflict> ConflictOf(CustomerForm mine, CustomerForm theirs, DateTime changedAt, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var seen = Read(mine.Seen);
        var fields = new List<ConflictField>();
        foreach (var field in Fields)
        {
            var (now, typed) = (Value(theirs, field), Value(mine, field));
            var was = seen.GetValueOrDefault(field.Name) ?? typed;
            if (now == was || now == typed) continue;
            fields.Add(new(L[field.GetCustomAttribute<DisplayAttribute>()!.Name!], await Shown(field, now, db, L, stop), await Shown(field, typed, db, L, stop))
            {
                Name = field.Name,
                Was = await Shown(field, was, db, L, stop),
                Take = typed == was,
            });
        }

        return new(fields) { ChangedAt = changedAt };
    }

    /// <summary>Puts the colleague's values into the fields that were chosen. Answers their names.</summary>
    public static IReadOnlyList<string> TakeOver(CustomerForm mine, CustomerForm theirs)
    {
        var taken = Fields.Where(field => mine.Take.Contains(field.Name, StringComparer.Ordinal)).ToList();
        foreach (var field in taken) field.SetValue(mine, field.GetValue(theirs));
        return [.. taken.Select(field => field.Name)];
    }

    /// <summary>The value as one text, the same however its line ends and edges were typed.</summary>
    public static string Value(CustomerForm form, PropertyInfo field) =>
        (Convert.ToString(field.GetValue(form), CultureInfo.InvariantCulture) ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private static async Task<string?> Shown(PropertyInfo field, string value, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        if (value.Length == 0) return null;
        var id = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return field.Name switch
        {
            nameof(CustomerForm.Kind) when Enum.TryParse<CustomerKind>(value, out var kind) => L.Of(kind),
            nameof(CustomerForm.Stage) when Enum.TryParse<LifecycleStage>(value, out var stage) => L.Of(stage),
            nameof(CustomerForm.PreferredChannel) when Enum.TryParse<Channel>(value, out var channel) => L.Of(channel),
            nameof(CustomerForm.OwnerId) => await db.Members.Where(m => m.Id == id).Select(m => m.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.TeamId) => await db.Teams.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.OrganisationId) => await db.Customers.Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(CustomerForm.OtherEmails) or nameof(CustomerForm.OtherPhones) or nameof(CustomerForm.Tags) => value.Replace("\n", L[", "], StringComparison.Ordinal),
            _ => value,
        };
    }
}
