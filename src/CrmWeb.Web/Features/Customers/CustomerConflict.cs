using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A field that a colleague changed while it was open here: from what, to what, and what stands in the form now.</summary>
/// <param name="Take">Whether theirs is proposed: so where nothing was typed here.</param>
public sealed record ConflictingField(string Name, string Label, string Was, string Theirs, string Mine, bool Take);

/// <summary>Two people edited one customer (R1). Nothing typed is lost: each field can be kept or taken over.</summary>
public sealed record CustomerConflict(DateTime ChangedAt, IReadOnlyList<ConflictingField> Fields)
{
    public static async Task<CustomerConflict> Of(CustomerForm mine, CustomerForm theirs, DateTime changedAt, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var seen = CustomerSeen.Read(mine.Seen);
        var fields = new List<ConflictingField>();
        foreach (var field in CustomerSeen.Fields)
        {
            var (now, typed) = (CustomerSeen.Value(theirs, field), CustomerSeen.Value(mine, field));
            var was = seen.GetValueOrDefault(field.Name) ?? typed;
            if (now == was || now == typed) continue;
            fields.Add(new(field.Name, L[field.GetCustomAttribute<DisplayAttribute>()!.Name!],
                await Shown(field, was, db, L, stop), await Shown(field, now, db, L, stop), await Shown(field, typed, db, L, stop), typed == was));
        }

        return new(changedAt, fields);
    }

    /// <summary>Puts the colleague's values into the fields that were chosen. Answers their names.</summary>
    public static IReadOnlyList<string> TakeOver(CustomerForm mine, CustomerForm theirs)
    {
        var taken = CustomerSeen.Fields.Where(field => mine.Take.Contains(field.Name, StringComparer.Ordinal)).ToList();
        foreach (var field in taken) field.SetValue(mine, field.GetValue(theirs));
        return [.. taken.Select(field => field.Name)];
    }

    private static async Task<string> Shown(PropertyInfo field, string value, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        if (value.Length == 0) return "—";
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
