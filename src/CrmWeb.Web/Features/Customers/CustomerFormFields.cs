using System.Collections.Immutable;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
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
        var change = new CustomChange(id, id is null ? null : With(before, form.Stage), With(values, form.Stage)) { Says = _ => true };
        var rules = await CustomFieldRules.Load(db, fields, fields, [change], stop);
        foreach (var (field, problem) in rules.Broken(change).Where(one => IsRight(one.Field)).ToList()) state.AddModelError(Name(field), L.Of(field, problem));
        return values;
    }

    public static string Name(CustomField field) => $"{nameof(CustomerForm.Custom)}[{field.Key}]";

    /// <summary>Says at their fields which values another customer has. Answers whether there are any.</summary>
    public async Task<bool> CheckTaken(CustomFieldSet fields, Values values, long? id, CancellationToken stop)
    {
        var change = new CustomChange(id, null, With(values, default));
        var taken = (await CustomFieldRules.Load(db, fields, fields, [change], stop)).Broken(change).Where(one => one.Problem == CustomProblem.Taken).ToList();
        foreach (var (field, problem) in taken) state.AddModelError(Name(field), L.Of(field, problem));
        return taken.Count > 0;
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

    private static CustomerDetails With(Values values, LifecycleStage stage) => new() { Name = "", Stage = stage, Custom = values };

    private bool IsRight(CustomField field) => state.GetFieldValidationState(Name(field)) != ModelValidationState.Invalid;
}
