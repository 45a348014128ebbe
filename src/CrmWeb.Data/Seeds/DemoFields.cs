using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.Seeds;

/// <summary>What a coffee roastery asks its customers besides what everybody asks. Draws of its own, so that the people stay the same.</summary>
internal sealed class DemoFields(CrmDb db, Chance chance, DateTime now)
{
    private CustomFieldSet fields = CustomFieldSet.None;

    public async Task Make(CancellationToken stop)
    {
        await db.CustomFieldsChange(stop);
        var (coffee, contract) = (new CustomFieldGroup("Coffee", 1), new CustomFieldGroup("Contract", 2));
        db.CustomFieldGroups.AddRange(coffee, contract);
        await db.SaveChangesAsync(stop);

        db.CustomFields.AddRange(
            Field("monthly_coffee", CustomFieldType.Number, "Coffee a month (kg)", "About as much as they order in a usual month.", coffee.Id, 1),
            Field("machine", CustomFieldType.Choice, "Machine", null, coffee.Id, 2, "Portafilter", "Fully automatic", "Filter machine", "French press", "None"),
            Field("roasts", CustomFieldType.Choices, "Favourite roasts", null, coffee.Id, 3, "Light", "Medium", "Dark", "Decaf", "Espresso"),
            Field("yearly_budget", CustomFieldType.Money, "Yearly budget", "What they told us, not what we hope for.", contract.Id, 4),
            Field("contract_until", CustomFieldType.Date, "Contract until", null, contract.Id, 5));
        await db.SaveChangesAsync(stop);
        fields = await db.LoadCustomFields(stop);
    }

    public CustomerDetails Fill(CustomerDetails details)
    {
        var business = details.Kind == CustomerKind.Organisation;
        details = details with { CustomFields = fields };
        if (chance.Is(business ? 0.8 : 0.35)) details = details.With("monthly_coffee", [Number(business ? chance.Between(4, 180) : chance.Between(1, 6) / 2m)]);
        if (chance.Is(0.6)) details = details.With("machine", [Option("machine", chance.Between(0, 4))]);
        if (chance.Is(0.5)) details = details.With("roasts", Roasts());
        if (business && chance.Is(0.5)) details = details.With("yearly_budget", [$"{Number(chance.Between(4, 120) * 250)} EUR"]);
        if (business && details.Stage is LifecycleStage.Customer or LifecycleStage.Loyal && chance.Is(0.7))
            details = details.With("contract_until", [CustomText.Day(DateOnly.FromDateTime(now).AddDays(chance.Between(-40, 500)))]);
        return details;
    }

    private System.Collections.Immutable.ImmutableArray<string> Roasts() =>
        fields.Ordered(fields.Find("roasts")!, Enumerable.Range(0, chance.Between(1, 3)).Select(_ => Option("roasts", chance.Between(0, 4))));

    private string Option(string key, int place) => CustomText.Id(fields.Find(key)!.Options[place].Id);

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static CustomField Field(string key, CustomFieldType type, string label, string? help, long group, int position, params string[] options)
    {
        var field = new CustomField(key, type, new CustomFieldDetails(label, help, group, false, false, null, Role.None, StageSet.None), position);
        field.Options.AddRange(options.Select((name, i) => new CustomFieldOption(name, i + 1)));
        return field;
    }
}
