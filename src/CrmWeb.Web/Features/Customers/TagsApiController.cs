using System.ComponentModel.DataAnnotations;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

[Example("""{"id":7,"name":"VIP"}""")]
public sealed record TagJson(long Id, string Name);

[Example("""{"name":"VIP"}""")]
public sealed record TagInput
{
    public string? Name { get; init; }
}

[Route("api/v1/tags")]
[Tags("Tags")]
public sealed class TagsApiController : ApiController
{
    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List tags", Description = "In the order they were made. A customer names its tags, and a name that no tag has becomes one.")]
    [ProducesResponseType<ApiList<TagJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        if (!ModelState.IsValid) return Invalid();
        var rows = await Db.Tags.Where(t => t.Id > after).OrderBy(t => t.Id).Take(page.Size + 1).Select(t => new TagJson(t.Id, t.Name)).ToListAsync(stop);
        return Ok(page.Page(rows, tag => tag.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), tag => tag));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a tag")]
    [ProducesResponseType<TagJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Tags.Where(t => t.Id == id).Select(t => new TagJson(t.Id, t.Name)).SingleOrDefaultAsync(stop) is { } tag ? Ok(tag) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Add a tag", Description = "409 when there is one of this name, however it is written.")]
    [ProducesResponseType<TagJson>(201)]
    public async Task<IActionResult> Create(TagInput input, CancellationToken stop)
    {
        // the rule of the form that tags are typed into
        await Validate(new CustomerForm { Name = "-", Tags = input.Name }, stop);
        if (SearchText.Fold(input.Name ?? "").Length == 0) ModelState.AddModelError(nameof(input.Name), L["Please fill this in."]);
        if (ModelState[nameof(CustomerForm.Tags)]?.Errors is [var wrong, ..]) (_, _) = (ModelState.Remove(nameof(CustomerForm.Tags)), ModelState.TryAddModelError(nameof(input.Name), wrong.ErrorMessage));
        if (!ModelState.IsValid) return Invalid();
        var tag = new Tag(input.Name!);
        Db.Tags.Add(tag);
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return Conflict();
        }

        return Made("tags", new TagJson(tag.Id, tag.Name), tag.Id);
    }
}
