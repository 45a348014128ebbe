using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>Makes the options of a field what the form says: new names for old ones, new ones behind them, and none lost that somebody has.</summary>
internal static class FieldOptions
{
    /// <summary>An option without a name is taken away: out of use where a customer has it, gone where nobody does.</summary>
    public static async Task RemoveOptions(this CrmDb db, CustomField field, FieldForm form, DateTime now, CancellationToken stop)
    {
        foreach (var option in field.Options.Where(option => form.Options.Exists(o => o.Id == option.Id && string.IsNullOrWhiteSpace(o.Name))).ToList())
        {
            if (await db.CustomValues.AnyAsync(v => v.OptionId == option.Id, stop)) option.Retire(now);
            else db.CustomFieldOptions.Remove(option);
            if (db.Entry(option).State == EntityState.Deleted) field.Options.Remove(option);
        }
    }

    /// <summary>Names and order of options are taken over and new ones added behind them. Ids that are not of this field are passed over.</summary>
    public static void Put(this CustomField field, FieldForm form, DateTime now)
    {
        if (!field.Type.HasOptions()) return;
        foreach (var option in field.Options)
        {
            if (form.Options.Find(o => o.Id == option.Id) is not { } said || string.IsNullOrWhiteSpace(said.Name)) continue;
            if (said.Name.Trim() != option.Name) option.Rename(said.Name);
            if (said.Retired) option.Retire(now);
            else option.BringBack();
        }

        var places = form.Options.Select(said => said.Id).Distinct().ToList();
        // one that a colleague added meanwhile stays behind those that were put in order
        foreach (var (option, place) in field.Options.OrderBy(o => places.IndexOf(o.Id) is >= 0 and var at ? at : int.MaxValue).ThenBy(o => o.Position).Select((o, i) => (o, i + 1)).ToList())
        {
            if (option.Position != place) option.Position = place;
        }

        var last = field.Options.Select(option => option.Position).DefaultIfEmpty(0).Max();
        foreach (var name in form.NewNames())
        {
            if (field.OptionNamed(name) is { RetiredAt: not null } retired) retired.BringBack();
            else field.Options.Add(new CustomFieldOption(name, ++last));
        }
    }
}
