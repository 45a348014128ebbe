using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Interactions;

[Route("api/v1")]
[Tags("Interactions")]
public sealed class InteractionsApiController(Mentioning mentions) : ApiController
{
    private const string Newest = "-occurredAt";
    private const string Oldest = "occurredAt";
    private static readonly Func<Interaction, InteractionReading> Told = InteractionReading.Of.Compile();

    [HttpGet("customers/{id:long}/interactions")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List the interactions of a customer", Description = "The newest first, or sort=occurredAt. Narrowed by channel, as on the timeline: kind=call.")]
    [ProducesResponseType<ApiList<InteractionJson>>(200)]
    public async Task<IActionResult> List(long id, [FromQuery] ApiPage page, [FromQuery(Name = "kind")] string? kind, CancellationToken stop)
    {
        if (!await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        var interactions = Db.Seen(Db.Interactions).AsNoTracking().Where(i => i.CustomerId == id);
        var channel = Enum.TryParse<Channel>(kind, ignoreCase: true, out var one) && !char.IsAsciiDigit(kind[0]) && Enum.IsDefined(one) ? one : (Channel?)null;
        var from = Cursor(page.After);
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, ["kind"], ModelState, L);
        if (!string.IsNullOrEmpty(kind) && channel is null) ModelState.AddModelError("kind", L["There are: {0}.", string.Join(", ", Enum.GetNames<Channel>().Select(name => name.ToLowerInvariant()))]);
        if (from is null && !string.IsNullOrEmpty(page.After)) ApiPage.NoSuchPage(ModelState, L);
        if (page.Sort is { Length: > 0 } and not (Newest or Oldest)) ApiPage.NoSuchSort(ModelState, L, Newest, Oldest);
        if (!ModelState.IsValid) return Invalid();

        if (channel is { } wanted) interactions = interactions.Where(i => i.Channel == wanted);
        var rows = await Ordered(interactions, from, page.Sort == Oldest).Take(page.Size + 1).Select(InteractionReading.Of).ToListAsync(stop);
        return Ok(page.Page(await Named(rows, stop), row => Cursor(row.Json), row => row.Json));
    }

    [HttpPost("customers/{id:long}/interactions")]
    [Authorize(Permissions.LogInteractions)]
    [Display(Name = "Log an interaction")]
    [ProducesResponseType<InteractionJson>(201)]
    public async Task<IActionResult> Log(long id, InteractionInput input, CancellationToken stop)
    {
        if (await Db.Customers.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } customer) return NotFound();
        await Validate(input.ToForm(id, Me), stop);
        if (!ModelState.IsValid || await Read(input, null, customer, stop) is not { } body) return Invalid();
        var interaction = customer.Log(input.ToDetails(Me.Now) with { Body = body.Text }, Me.Id, Me.Now);
        await mentions.Put(interaction, body, null, stop);
        await Db.SaveChangesAsync(stop);
        return Made("interactions", await Of(interaction, stop), interaction.Id, interaction.Version);
    }

    [HttpGet("interactions/{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read an interaction")]
    [ProducesResponseType<InteractionJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Visible().AsNoTracking().Where(i => i.Id == id).Select(InteractionReading.Of).SingleOrDefaultAsync(stop) is { } found ? One((await Named([found], stop))[0].Json, id, found.Version) : NotFound();

    [HttpPut("interactions/{id:long}")]
    [Authorize(Permissions.LogInteractions)]
    [Display(Name = "Replace an interaction", Description = "Fields that are not there become empty.")]
    [ProducesResponseType<InteractionJson>(200)]
    public async Task<IActionResult> Replace(long id, InteractionInput input, CancellationToken stop) =>
        await Find(id, stop) is { } interaction ? await Change(interaction, input, stop) : NotFound();

    [HttpPatch("interactions/{id:long}")]
    [Authorize(Permissions.LogInteractions)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change an interaction", Description = "Only the fields that are there are changed; null empties one.")]
    [ProducesResponseType<InteractionJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } interaction) return NotFound();
        return Merge(InteractionInput.Of(interaction), changes) is { } merged ? await Change(interaction, merged, stop) : Invalid();
    }

    [HttpDelete("interactions/{id:long}")]
    [Authorize(Permissions.LogInteractions)]
    [Display(Name = "Delete an interaction")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } interaction) return NotFound();
        if (!IsExpected(interaction)) return ChangedMeanwhile();
        interaction.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Change(Interaction interaction, InteractionInput input, CancellationToken stop)
    {
        if (!IsExpected(interaction)) return ChangedMeanwhile();
        await Validate(input.ToForm(interaction.CustomerId, Me), stop);
        var (before, customer) = (interaction.Body, await Db.Customers.SingleAsync(c => c.Id == interaction.CustomerId, stop));
        if (!ModelState.IsValid || await Read(input, before, customer, stop) is not { } body) return Invalid();
        interaction.Change(input.ToDetails(Me.Now) with { Body = body.Text }, Me.Now);
        await mentions.Put(interaction, body, before, stop);
        await Db.SaveChangesAsync(stop);
        return One(await Of(interaction, stop), interaction.Id, interaction.Version);
    }

    // of a customer who is archived nothing is shown
    private IQueryable<Interaction> Visible() => Db.Interactions.Where(i => Db.Customers.Any(c => c.Id == i.CustomerId));

    private Task<Interaction?> Find(long id, CancellationToken stop) => Visible().SingleOrDefaultAsync(i => i.Id == id, stop);

    /// <summary>Null, with what is wrong in ModelState.</summary>
    private async Task<MentioningText?> Read(InteractionInput input, string? before, Customer customer, CancellationToken stop)
    {
        var read = await mentions.Read(ModelState, (nameof(input.Body), Interaction.BodyLength), input.Body, before, MentionPlace.Of(customer), stop);
        return ModelState.IsValid ? read : null;
    }

    private async Task<InteractionJson> Of(Interaction i, CancellationToken stop) => (await Named([Told(i)], stop))[0].Json;

    /// <summary>Texts name people as one may write them again.</summary>
    private async Task<List<InteractionReading>> Named(List<InteractionReading> rows, CancellationToken stop)
    {
        for (var i = 0; i < rows.Count; i++) rows[i] = rows[i] with { Json = rows[i].Json with { Body = await mentions.Edit(rows[i].Json.Body, stop) } };
        return rows;
    }

    private static IQueryable<Interaction> Ordered(IQueryable<Interaction> rows, (DateTime At, long Id)? from, bool up)
    {
        if (from is var (at, id))
        {
            rows = up
                ? rows.Where(i => i.OccurredAt > at || (i.OccurredAt == at && i.Id > id))
                : rows.Where(i => i.OccurredAt < at || (i.OccurredAt == at && i.Id < id));
        }

        return up ? rows.OrderBy(i => i.OccurredAt).ThenBy(i => i.Id) : rows.OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id);
    }

    private static string Cursor(InteractionJson row) => string.Create(CultureInfo.InvariantCulture, $"{row.OccurredAt.Ticks}.{row.Id}");

    private static (DateTime At, long Id)? Cursor(string? text) =>
        text?.Split('.') is [var at, var row] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (new DateTime(ticks, DateTimeKind.Utc), id) : null;
}
