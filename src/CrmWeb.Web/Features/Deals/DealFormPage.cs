using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>The form of a deal with what it offers to choose from.</summary>
public sealed record DealFormPage(DealForm Form, long? Id, string? DealName, Conflict? Conflict)
{
    private const int RoomForLines = 3;

    public required IReadOnlyList<SelectListItem> Customer { get; init; }
    public required IReadOnlyList<SelectListItem> Stages { get; init; }
    public required IReadOnlyList<SelectListItem> Currencies { get; init; }
    public required IReadOnlyList<SelectListItem> Owners { get; init; }
    public required IReadOnlyList<SelectListItem> Teams { get; init; }

    /// <summary>Those on the form: the others are found by typing.</summary>
    public required IReadOnlyList<SelectListItem> Products { get; init; }

    public static async Task<DealFormPage> Read(CrmDb db, CurrentMember me, DealForm form, Deal? deal, Conflict? conflict, CancellationToken stop)
    {
        var customer = form.CustomerId is { } id ? await db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(stop) : null;
        var chosen = await DealProducts.Names(db, [.. form.Lines.Select(line => line.ProductId).OfType<long>()], stop);
        while (form.Lines.Count < Deal.MostLines && form.Lines.Count(line => line.IsBlank) < RoomForLines) form.Lines.Add(new DealLineForm());
        return new(form, deal?.Id, deal?.Name, conflict)
        {
            Customer = customer is null ? [] : [Choices.Item(form.CustomerId!.Value, customer)],
            Stages = deal is null ? (await DealStages.Read(db, stop)).Choices() : [],
            Currencies = await db.CurrencyChoices(me.Pass.Currency, stop, form.Currency),
            Owners = await db.MemberChoices(stop, form.OwnerId, deal?.OwnerId),
            Teams = await db.TeamChoices(stop),
            Products = [.. chosen.Select(p => Choices.Item(p.Key, p.Value))],
        };
    }
}
