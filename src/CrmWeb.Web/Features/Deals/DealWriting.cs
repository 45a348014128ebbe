using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>Making and changing a deal, for the page and the API alike; what is wrong is said beside the fields of the form.</summary>
internal sealed class DealWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, IStringLocalizer L)
{
    private const int MostOfOne = 1_000_000;

    /// <summary>A deal for writing, with what it must know of itself.</summary>
    public static Task<Deal?> Load(CrmDb db, long id, CancellationToken stop) =>
        db.Deals.Include(d => d.Customer).Include(d => d.Lines).Include(d => d.Stays.Where(s => s.LeftAt == null)).AsSingleQuery().SingleOrDefaultAsync(d => d.Id == id, stop);

    /// <summary>The new deal, saved; null with what is wrong.</summary>
    public async Task<Deal?> Create(DealForm form, CancellationToken stop)
    {
        var customer = form.CustomerId is { } id ? await db.Customers.SingleOrDefaultAsync(c => c.Id == id, stop) : null;
        if (form.CustomerId is not null && customer is null) errors.AddModelError(nameof(form.CustomerId), L["This choice is not there any more."]);
        var stage = form.StageId is { } at ? await db.Stages.SingleOrDefaultAsync(s => s.Id == at, stop) : null;
        if (stage is null) errors.AddModelError(nameof(form.StageId), form.StageId is null ? L["Choose the stage."] : L["This choice is not there any more."]);
        var details = await Read(form, null, stop);
        if (!errors.IsValid) return null;

        // the API keeps its answer in the same one
        await using var transaction = await db.OwnTransaction(stop);
        if (await db.HoldStages([stage!.Id], stop) == 0)
        {
            errors.AddModelError(nameof(form.StageId), L["This choice is not there any more."]);
            return null;
        }

        var deal = new Deal(customer!, stage, details!, me.Id, me.Now);
        if (!Has(deal, stage)) return null;
        db.Deals.Add(deal);
        await db.SaveChangesAsync(stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return deal;
    }

    /// <summary>Puts what the form says into the deal; the caller saves. False with what is wrong.</summary>
    public async Task<bool> Fill(Deal deal, DealForm form, CancellationToken stop)
    {
        var details = await Read(form, deal, stop);
        if (!errors.IsValid) return false;
        deal.Change(details!, me.Now);
        return true;
    }

    /// <summary>Whether the deal may come into the stage; what it lacks is said beside the field.</summary>
    public bool Has(Deal deal, Stage stage)
    {
        foreach (var need in deal.Lacks(stage).Split()) errors.AddModelError(FieldOf(need), L.Asked(need, stage.Name));
        return errors.IsValid;
    }

    public static string FieldOf(DealNeeds need) => need switch
    {
        DealNeeds.Amount => nameof(DealForm.Amount),
        DealNeeds.CloseOn => nameof(DealForm.CloseOn),
        DealNeeds.Owner => nameof(DealForm.OwnerId),
        DealNeeds.Products => nameof(DealForm.Lines),
        _ => nameof(DealForm.Description),
    };

    private async Task<DealDetails?> Read(DealForm form, Deal? before, CancellationToken stop)
    {
        if (form.OwnerId is { } owner && owner != before?.OwnerId && !await db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop))
            errors.AddModelError(nameof(form.OwnerId), L["This choice is not there any more."]);
        if (form.TeamId is { } team && team != before?.TeamId && !await db.Teams.AnyAsync(t => t.Id == team, stop))
            errors.AddModelError(nameof(form.TeamId), L["This choice is not there any more."]);
        var own = me.Pass.Currency;
        var currency = string.IsNullOrWhiteSpace(form.Currency) ? own : form.Currency.Trim().ToUpperInvariant();
        var conversion = Currency.IsCode(currency) ? (await ExchangeRates.Load(db, own, [(currency, TenantDay.Today(me))], stop)).Of(currency, TenantDay.Today(me)) : null;
        if (conversion is null)
        {
            errors.AddModelError(nameof(form.Currency), L["There is no exchange rate from {0} to {1}. An admin can add one in the settings.", currency, own]);
            return null;
        }

        var amount = Money(form.Amount, nameof(form.Amount), currency);
        var lines = await Lines(form, before, currency, stop);
        if (!errors.IsValid) return null;
        if (!Fits(conversion.Value, lines.Count == 0 ? amount ?? 0 : lines.Sum(line => line.Quantity * (decimal)line.UnitPrice)))
        {
            errors.AddModelError(lines.Count == 0 ? nameof(form.Amount) : nameof(form.Lines), L["This is more than can be kept."]);
            return null;
        }

        return new DealDetails
        {
            Name = form.Name!,
            Amount = amount,
            Conversion = conversion.Value,
            CloseOn = form.CloseOn,
            Category = form.Category,
            OwnerId = form.OwnerId,
            TeamId = form.TeamId,
            Description = form.Description,
            Lines = lines,
        };
    }

    // in both currencies
    private static bool Fits(Conversion conversion, decimal minor) =>
        minor <= Order.MostTotal && minor / Scale(conversion.From) * ExchangeRate.Unscaled(conversion.Rate) * Scale(conversion.To) <= Order.MostTotal;

    private static decimal Scale(string currency) => (decimal)Math.Pow(10, Currency.MinorDigits(currency));

    private async Task<List<DealLineDetails>> Lines(DealForm form, Deal? before, string currency, CancellationToken stop)
    {
        var ids = form.Written.Select(line => line.ProductId).OfType<long>().ToArray();
        var held = before?.Lines.Select(line => line.ProductId).ToArray() ?? [];
        var products = ids.Length == 0 ? [] : await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter])
            .Where(p => ids.Contains(p.Id) && ((p.IsActive && p.DeletedAt == null) || held.Contains(p.Id)))
            .Select(p => new { p.Id, p.UnitPrice, p.Currency }).ToDictionaryAsync(p => p.Id, stop);
        var lines = new List<DealLineDetails>();
        for (var i = 0; i < form.Lines.Count; i++)
        {
            var line = form.Lines[i];
            if (line.IsBlank) continue;
            var name = $"{nameof(form.Lines)}[{i}].";
            if (line.ProductId is not { } id || !products.TryGetValue(id, out var product))
            {
                errors.AddModelError(name + nameof(line.ProductId), line.ProductId is null ? L["Choose the product."] : L["This choice is not there any more."]);
                continue;
            }

            var quantity = line.Quantity ?? 1;
            if (quantity is < 1 or > MostOfOne) errors.AddModelError(name + nameof(line.Quantity), L["Between {0} and {1}.", 1, Digits.Number(MostOfOne)]);
            var price = Money(line.UnitPrice, name + nameof(line.UnitPrice), currency) ?? (product.Currency == currency ? product.UnitPrice : null);
            if (price is null && errors.GetFieldValidationState(name + nameof(line.UnitPrice)) != ModelValidationState.Invalid)
                errors.AddModelError(name + nameof(line.UnitPrice), L["Write what one costs in {0}.", currency]);
            lines.Add(new(id, quantity, price ?? 0));
        }

        return lines;
    }

    /// <summary>Minor units; null when nothing was typed, or with what is wrong.</summary>
    private long? Money(string? typed, string field, string currency)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (!TypedNumber.TryParse(typed, out var amount) || Currency.ToMinor(amount, currency) is not { } minor)
            errors.AddModelError(field, L["Write an amount like {0}, with at most {1} digits behind the point.", Digits.Shape("1234.5"), Digits.Number(Currency.MinorDigits(currency))]);
        else if (minor < 0) errors.AddModelError(field, L["An amount is not below zero."]);
        else return minor;
        return null;
    }
}
