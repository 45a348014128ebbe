using System.Collections.Immutable;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Values = System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>>;

namespace CrmWeb.Web.Features.Customers;

/// <summary>
/// What a form says of custom fields, with what is wrong beside each field. A value that stood there before may stay, whatever the field asks for now;
/// a field that the form did not have keeps its value.
/// </summary>
public sealed class CustomerFormFields(CrmDb db, ModelStateDictionary state, IStringLocalizer L)
{
    /// <param name="form">As posted.</param>
    /// <param name="fields">Those that the member sees; no other is read.</param>
    /// <param name="before">What stands there; for a new customer, what fields have by default.</param>
    /// <param name="currency">Of amounts that name none.</param>
    /// <param name="id">The customer; null for a new one.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<Values> Read(CustomerForm form, CustomFieldSet fields, Values before, string currency, long? id, CancellationToken stop)
    {
        if (fields.IsEmpty) return before;
        var values = before;
        foreach (var field in fields.All)
        {
            if (!form.Custom.TryGetValue(field.Key, out var posted)) continue;
            var typed = posted.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!).ToList();
            var read = fields.Ordered(field, typed.Select(text => Read(field, text, before.GetValueOrDefault(field.Key, []), currency)).OfType<string>());
            values = read.IsEmpty ? values.Remove(field.Key) : values.SetItem(field.Key, read);
        }

        values = await KeepUnseen(fields, values, before, stop);
        foreach (var field in fields.Missing(values, form.Stage).Where(field => IsRight(field)))
            state.AddModelError(Name(field), field.Required ? L["Please fill this in."] : L["Please fill this in: customers of this stage need it."]);
        await CheckReferences(fields, values, before, id, stop);
        await CheckTaken(fields, values, id, stop);
        return values;
    }

    public static string Name(CustomField field) => $"{nameof(CustomerForm.Custom)}[{field.Key}]";

    /// <summary>Says at their fields which values another customer has. Answers whether there are any.</summary>
    public async Task<bool> CheckTaken(CustomFieldSet fields, Values values, long? id, CancellationToken stop)
    {
        var asked = fields.All.Where(field => field.Unique && IsRight(field)).SelectMany(field => values.GetValueOrDefault(field.Key, []).Select(text => (Field: field, Key: CustomValue.UniqueKeyOf(field.Type, text)))).ToList();
        if (asked.Count == 0) return false;
        var taken = await db.TakenCustomValues([.. asked.Select(one => (one.Field.Id, one.Key))], stop);
        var wrong = asked.Where(one => taken.TryGetValue((one.Field.Id, one.Key), out var owner) && owner != id).ToList();
        foreach (var (field, _) in wrong) state.AddModelError(Name(field), L["Another customer has this value."]);
        return wrong.Count > 0;
    }

    // a customer that is archived or not the member's to see was not in the form: leaving it empty was no choice
    private async Task<Values> KeepUnseen(CustomFieldSet fields, Values values, Values before, CancellationToken stop)
    {
        var emptied = fields.All.Where(field => field.Type == CustomFieldType.Customer && before.ContainsKey(field.Key) && !values.ContainsKey(field.Key)).ToList();
        if (emptied.Count == 0) return values;
        List<long> ids = [.. emptied.Select(field => CustomText.Id(before[field.Key][0])!.Value)];
        var seen = await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(stop);
        return values.SetItems(emptied.Where(field => !seen.Contains(CustomText.Id(before[field.Key][0])!.Value)).Select(field => KeyValuePair.Create(field.Key, before[field.Key])));
    }

    private string? Read(CustomField field, string typed, ImmutableArray<string> before, string currency)
    {
        if (before.Contains(typed.Trim(), StringComparer.Ordinal)) return typed.Trim();
        var read = CustomText.Read(field, typed, currency, out var problem);
        // nobody can choose an option that is out of use
        if (read is not null && field.Type.HasOptions() && field.Option(CustomText.Id(read)!.Value)!.RetiredAt is not null) (read, problem) = (null, CustomProblem.NoOption);
        if (read is null) state.AddModelError(Name(field), L.Of(field, problem));
        return read;
    }

    /// <summary>Ids in a form are only words until the tenant has them and the member sees them (T3).</summary>
    private async Task CheckReferences(CustomFieldSet fields, Values values, Values before, long? id, CancellationToken stop)
    {
        var fresh = fields.All.Where(field => field.Type is CustomFieldType.Member or CustomFieldType.Customer)
            .SelectMany(field => values.GetValueOrDefault(field.Key, []).Except(before.GetValueOrDefault(field.Key, []), StringComparer.Ordinal).Select(text => (Field: field, Id: CustomText.Id(text)!.Value))).ToList();
        if (fresh.Count == 0) return;
        List<long> members = [.. fresh.Where(one => one.Field.Type == CustomFieldType.Member).Select(one => one.Id)];
        List<long> customers = [.. fresh.Where(one => one.Field.Type == CustomFieldType.Customer).Select(one => one.Id)];
        var here = members.Count == 0 ? [] : await db.Members.Where(m => members.Contains(m.Id) && m.DeactivatedAt == null).Select(m => m.Id).ToListAsync(stop);
        var seen = customers.Count == 0 ? [] : await db.Customers.Where(c => customers.Contains(c.Id) && c.Id != id).Select(c => c.Id).ToListAsync(stop);
        foreach (var (field, _) in fresh.Where(one => !(one.Field.Type == CustomFieldType.Member ? here : seen).Contains(one.Id)))
            state.AddModelError(Name(field), L["This choice is not there any more."]);
    }

    private bool IsRight(CustomField field) => state.GetFieldValidationState(Name(field)) != ModelValidationState.Invalid;
}
