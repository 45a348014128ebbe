using System.Collections.Immutable;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Makes of a form what is to be done, judged like the form of one customer; what is wrong is said beside its fields.</summary>
internal sealed class BulkReading(CrmDb db, CurrentMember me, CustomFieldSet seen, ModelStateDictionary errors, IStringLocalizer L)
{
    public static IReadOnlyList<BulkAct> ActsOf(string field, CustomField? custom) =>
        custom?.Type == CustomFieldType.Choices ? [BulkAct.Set, BulkAct.Add, BulkAct.Remove] : custom is { Unique: true } ? [BulkAct.Set] : [BulkAct.Set, BulkAct.Replace];

    public BulkWhat? Tag(BulkFieldForm form)
    {
        if (form.Act is not (BulkAct.Add or BulkAct.Remove or BulkAct.Replace)) errors.AddModelError(nameof(form.Act), L["This choice is not there any more."]);
        var name = TagName(nameof(form.Value), form.Value);
        var from = form.Act == BulkAct.Replace ? TagName(nameof(form.From), form.From) : null;
        return errors.IsValid ? new(form.Act, BulkWhat.Tags) { Values = [name], From = from } : null;
    }

    public async Task<BulkWhat?> List(BulkFieldForm form, CancellationToken stop)
    {
        if (form.Act is not (BulkAct.Add or BulkAct.Remove)) errors.AddModelError(nameof(form.Act), L["This choice is not there any more."]);
        var what = new BulkWhat(form.Act, BulkWhat.Lists) { Values = [ChangeText.Of(ChangeText.Id(form.Value) ?? 0)!] };
        if (string.IsNullOrWhiteSpace(form.Value)) Empty(nameof(form.Value));
        else if (!await BulkValues.StillThere(db, what, seen, stop)) errors.AddModelError(nameof(form.Value), L["This choice is not there any more."]);
        return errors.IsValid ? what : null;
    }

    public async Task<BulkWhat?> Field(BulkFieldForm form, CancellationToken stop)
    {
        var field = form.Field ?? "";
        var custom = seen.Named(field);
        if (custom is null && !BulkFields.Own.Contains(field, StringComparer.Ordinal) || !ActsOf(field, custom).Contains(form.Act))
        {
            errors.AddModelError(nameof(form.Field), L["This choice is not there any more."]);
            return null;
        }

        var values = custom is null ? await Own(field, nameof(form.Value), form.Value, stop) : await Custom(custom, nameof(form.Value), [form.Value, .. form.Values], stop);
        if (values.IsEmpty && form.Act is BulkAct.Add or BulkAct.Remove || (values.IsEmpty && !BulkFields.MayBeEmpty(field))) Empty(nameof(form.Value));
        string? from = null;
        if (form.Act == BulkAct.Replace)
        {
            // an owner who left can be replaced, a word that is not in use any more too
            var old = custom is null ? Text(field, form.From) : CustomText.Read(custom, form.From ?? "", me.Pass.Currency, out _);
            if (old is null) Empty(nameof(form.From));
            from = old;
        }

        return errors.IsValid ? new(form.Act, field) { Values = values, From = from } : null;
    }

    private async Task<ImmutableArray<string>> Own(string field, string name, string? typed, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(typed)) return [];
        var text = Text(field, typed);
        if (text is null || !await BulkValues.IsThere(db, field, ChangeText.Id(text) ?? 0, stop)) errors.AddModelError(name, L["This choice is not there any more."]);
        else if (text.Length > LengthOf(field)) errors.AddModelError(name, L["At most {0} characters fit here.", LengthOf(field)]);
        return text is null ? [] : [text];
    }

    /// <summary>In the form of the history; null when it is no value of the field.</summary>
    private static string? Text(string field, string? typed)
    {
        var text = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
        return field switch
        {
            "stage" => ChangeText.Enum<LifecycleStage>(text) is { } stage && Enum.IsDefined(stage) ? ChangeText.Of(stage) : null,
            "preferredChannel" => ChangeText.Enum<Channel>(text) is { } channel && Enum.IsDefined(channel) ? ChangeText.Of(channel) : null,
            "ownerId" or "teamId" or "serviceTierId" or "organisationId" => ChangeText.Id(text) is > 0 and var id ? ChangeText.Of(id) : null,
            "country" => Countries.TryFind(text, out var code) ? code : text,
            _ => text,
        };
    }

    private async Task<ImmutableArray<string>> Custom(CustomField field, string name, IEnumerable<string?> posted, CancellationToken stop)
    {
        // the form of a customer says what is wrong at its own field; required is asked of each customer by its stage
        var state = new ModelStateDictionary();
        var form = new CustomerForm();
        form.Custom[field.Key] = [.. posted.Where(text => !string.IsNullOrWhiteSpace(text))];
        if (form.Custom[field.Key].Count == 0) return [];
        var read = await new CustomerFormFields(db, state, L).Read(form, new CustomFieldSet([field], seen.Groups), CustomerDetails.NoCustom, me.Pass.Currency, null, stop);
        foreach (var error in state.Values.SelectMany(entry => entry.Errors)) errors.AddModelError(name, error.ErrorMessage);
        return read.GetValueOrDefault(field.Key, []);
    }

    private string TagName(string input, string? typed)
    {
        var name = new Tag(typed ?? "").Name;
        if (SearchText.Fold(name).Length == 0) Empty(input);
        else if (name.Length > Domain.Customers.Tag.NameLength) errors.AddModelError(input, L["A tag has at most {0} characters.", Domain.Customers.Tag.NameLength]);
        return name;
    }

    private void Empty(string input) => errors.AddModelError(input, L["Please fill this in."]);

    private static int LengthOf(string field) => field switch
    {
        "street" => CustomerDetails.StreetLength,
        "website" => CustomerDetails.WebsiteLength,
        "description" => CustomerDetails.DescriptionLength,
        "postalCode" => CustomerDetails.PostalCodeLength,
        "city" or "region" or "country" => CustomerDetails.PlaceLength,
        _ => CustomerDetails.WordLength,
    };
}
