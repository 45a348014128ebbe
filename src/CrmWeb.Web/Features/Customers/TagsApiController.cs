using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <param name="Customers">How many of those that you see have it; counted up to 1,001.</param>
[Example("""{"id":7,"name":"VIP","customers":12}""")]
public sealed record TagJson(long Id, string Name, int Customers);

[Example("""{"name":"VIP"}""")]
public sealed record TagInput
{
    public string? Name { get; init; }
}

[Route("api/v1/tags")]
[Tags("Tags")]
public sealed class TagsApiController : ApiController
{
    private const int CountedUpTo = 1_000;

    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List tags", Description = "In the order they were made; q finds a part of the name. A customer names its tags, and a name that no tag has becomes one.")]
    [ProducesResponseType<ApiList<TagJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, [FromQuery(Name = "q")] string? q, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, ["q"], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        if (!ModelState.IsValid) return Invalid();
        var tags = Db.Tags.Where(t => t.Id > after);
        if (SearchText.Fold(q ?? "") is { Length: > 0 } part) tags = tags.Where(t => t.NameNormal.Contains(part));
        var rows = await tags.OrderBy(t => t.Id).Take(page.Size + 1).Select(Reading()).ToListAsync(stop);
        return Ok(page.Page(rows, tag => tag.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), tag => tag));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a tag")]
    [ProducesResponseType<TagJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Tags.Where(t => t.Id == id).Select(Reading()).SingleOrDefaultAsync(stop) is { } tag ? Ok(tag) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Add a tag", Description = "409 when there is one of this name, however it is written.")]
    [ProducesResponseType<TagJson>(201)]
    public async Task<IActionResult> Create(TagInput input, CancellationToken stop)
    {
        await Check(input, stop);
        if (!ModelState.IsValid) return Invalid();
        var tag = new Tag(input.Name!);
        Db.Tags.Add(tag);
        return await Saved(stop) ? Made("tags", new TagJson(tag.Id, tag.Name, 0), tag.Id) : Conflict();
    }

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditCustomers)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Rename a tag", Description = "For every customer that has it, so only members who see every customer may. Of more than 5,000 customers search learns the new word a little later. 409 when there is another one of this name, however it is written.")]
    [ProducesResponseType<TagJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] TagInput input, CancellationToken stop)
    {
        if (await Db.Tags.SingleOrDefaultAsync(t => t.Id == id, stop) is not { } tag) return NotFound();
        // the word changes with customers of others too
        if (!Me.SeesAll) return Forbid();
        // a tag has no version: nobody can have read it
        if (Request.Headers.IfMatch.Any(seen => seen != "*")) return ChangedMeanwhile();
        await Check(input, stop);
        if (!ModelState.IsValid) return Invalid();
        tag.Rename(input.Name!);
        return await Saved(stop) ? Ok(await Db.Tags.Where(t => t.Id == id).Select(Reading()).SingleAsync(stop)) : Conflict();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Delete a tag", Description = "409 while a customer has it, be they archived: take it off them first, with a bulk edit; 409 too while rules of segments ask for it, which it names. What is undone later and gives it back makes it again by its name.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Db.Tags.SingleOrDefaultAsync(t => t.Id == id, stop) is not { } tag) return NotFound();
        // customers of others may have it too
        if (!Me.SeesAll) return Forbid();
        if (Request.Headers.IfMatch.Any(seen => seen != "*")) return ChangedMeanwhile();
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await Db.SegmentsOfTag(id, stop) is { Count: > 0 } asking) return InTheWay(L["Segments ask for this tag: {0}.", string.Join(L[", "], asking)]);
        var having = await Db.CustomerTags.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(link => link.TagId == id).Take(CountedUpTo + 1).CountAsync(stop);
        if (having > 0) return InTheWay(L["Customers have this tag ({0}), archived ones among them. Take it off them first.", Digits.Number(Math.Min(having, CountedUpTo)) + (having > CountedUpTo ? "+" : "")]);
        Db.Tags.Remove(tag);
        try
        {
            await Db.SaveChangesAsync(stop);
            if (transaction is not null) await transaction.CommitAsync(stop);
        }
        catch (DbUpdateException)
        {
            // somebody gave it to a customer in this moment, or took it away
            return ChangedMeanwhile();
        }

        return NoContent();
    }

    private Expression<Func<Tag, TagJson>> Reading() =>
        t => new TagJson(t.Id, t.Name, Db.CustomerTags.Where(link => link.TagId == t.Id && Db.Customers.Any(c => c.Id == link.CustomerId)).Take(CountedUpTo + 1).Count());

    /// <summary>By the rule of the form that tags are typed into.</summary>
    private async Task Check(TagInput input, CancellationToken stop)
    {
        await Validate(new CustomerForm { Name = "-", Tags = input.Name }, stop);
        if (SearchText.Fold(input.Name ?? "").Length == 0) ModelState.AddModelError(nameof(input.Name), L["Please fill this in."]);
        if (ModelState[nameof(CustomerForm.Tags)]?.Errors is [var wrong, ..]) (_, _) = (ModelState.Remove(nameof(CustomerForm.Tags)), ModelState.TryAddModelError(nameof(input.Name), wrong.ErrorMessage));
    }

    /// <summary>False when another tag has the name.</summary>
    private async Task<bool> Saved(CancellationToken stop)
    {
        try
        {
            await Db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return false;
        }
    }
}
