using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

[Route("api/v1/customers")]
[Tags("Customers")]
public sealed class CustomersApiController(MemberFields fields, MemberViews views, MemberRules rules) : ApiController
{
    private const string Path = "customers";
    private const string RuleParameter = "filter";
    private const int MaxBatchBody = 10 * MaxBody;

    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List customers", Description = "Takes the filters of the list of customers by the same names, for example stage=lead or q=ann. Sorted by name, created, contact or a field of yours, custom.KEY. view=ID asks for what a saved view lists; what else is said narrows it or takes its place. filter=RULE narrows it by a rule as segments have it, for example filter=totalSpent > 1000.")]
    [ProducesResponseType<ApiList<CustomerJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var (asked, isThere) = await ViewQuery.Opened(Request.Query, views, custom, stop);
        if (!isThere) ModelState.AddModelError(ViewQuery.Parameter, L["There is no such parameter, or not with this value."]);
        var query = CustomerQuery.Read(asked, custom, [.. ApiPage.Parameters, ViewQuery.Parameter, RuleParameter]);
        if (Request.Query[RuleParameter].ToString() is { Length: > 0 } typed)
        {
            var (rule, wrong) = await rules.Read(typed, stop);
            if (rule is null) return RuleProblem.Of(ModelState, RuleParameter, wrong!, Invalid);
            query = query with { Meant = SegmentCompiler.Compile(rule, rules.Sources with { OfFew = true }) };
        }

        var from = CustomerCursor.Parse(query.Sort.By, page.After);
        page.Check(ModelState, L);
        if (from is null && !string.IsNullOrEmpty(page.After)) ApiPage.NoSuchPage(ModelState, L);
        foreach (var unknown in query.Ignored) ModelState.AddModelError(unknown, L["There is no such parameter, or not with this value."]);
        if (!ModelState.IsValid) return Invalid();

        var rows = await CustomerReading.Next(Db, Me, query, from, page.Size, stop);
        var next = rows.Count > page.Size ? await rows[page.Size - 1].Cursor(Db, query.Sort, stop) : null;
        var whole = await CustomerReading.Whole(Db, [.. rows.Take(page.Size)], custom, Me.Pass.Currency, stop);
        return Ok(new ApiList<CustomerJson>(whole.ConvertAll(row => row.Json), next));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a customer")]
    [ProducesResponseType<CustomerJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Read(id, stop) is { } found ? One(found.Json, id, found.Version, followsOthers: true) : NotFound();

    [HttpGet("duplicates")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Ask who a customer may be already", Description = "Before you add one: who is there with the same or a like name, the same mail address or phone number, the likeliest first. Adding is not refused.")]
    [ProducesResponseType<ApiList<DuplicateJson>>(200)]
    public async Task<IActionResult> Duplicates(CustomerKind kind, string? name, string? email, string? phone, CancellationToken stop)
    {
        var sought = new CustomerDetails { Kind = kind, Name = name ?? "", Email = email, Phone = phone, PhoneCountry = Me.Pass.Country };
        var found = await Db.FindDuplicates(DuplicateProfile.Of(sought), null, DuplicateJson.Most, stop);
        return Ok(new ApiList<DuplicateJson>(found.ConvertAll(DuplicateJson.Of), null));
    }

    [HttpPost("")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Add a customer", Description = "Who names no owner, and would not see the customer without one, becomes the owner.")]
    [ProducesResponseType<CustomerJson>(201)]
    public async Task<IActionResult> Create(CustomerInput input, CancellationToken stop)
    {
        if (input.OwnerId is null && !Db.Current.Actor.WouldSee(null, input.TeamId)) input = input with { OwnerId = Me.Id };
        var form = input.ToForm();
        ModelState.Fill(form, input.Custom, (await fields.All(stop)).Defaults(), await fields.Seen(stop), Me.Pass.Currency, whole: false, L);
        await Check(input, form, stop);
        if (!ModelState.IsValid || await Writing.Create(form, stop) is not { } id) return Invalid();
        Db.ChangeTracker.Clear();
        // whoever gives a customer away may no longer see it
        return await Read(id, stop) is { } made ? Made(Path, made.Json, id, made.Version) : Made(Path, new { id }, id);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Replace a customer", Description = "Fields that are not there become empty.")]
    [ProducesResponseType<CustomerJson>(200)]
    public async Task<IActionResult> Replace(long id, CustomerInput input, CancellationToken stop) =>
        await CustomerWriting.Load(Db, id, stop) is { } customer ? await Change(customer, input, whole: true, stop) : NotFound();

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditCustomers)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a customer", Description = "Only the fields that are there are changed; null empties one.")]
    [ProducesResponseType<CustomerJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await CustomerWriting.Load(Db, id, stop) is not { } customer) return NotFound();
        return Merge(CustomerInput.Of(customer), changes) is { } merged ? await Change(customer, merged, whole: false, stop) : Invalid();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Archive a customer", Description = "Nothing is deleted: it can be restored.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Archive(long id, CancellationToken stop)
    {
        if (await CustomerArchiving.Find(Db, id, stop) is not { DeletedAt: null } customer) return NotFound();
        if (!IsExpected(customer)) return ChangedMeanwhile();
        await CustomerArchiving.Put(Db, Me, customer, away: true, stop);
        return NoContent();
    }

    [HttpPost("{id:long}/restore")]
    [Authorize(Permissions.EditCustomers)]
    [Display(Name = "Restore an archived customer")]
    [ProducesResponseType<CustomerJson>(200)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await CustomerArchiving.Find(Db, id, stop) is not { } customer) return NotFound();
        await CustomerArchiving.Put(Db, Me, customer, away: false, stop);
        return await Show(id, stop);
    }

    [HttpPost("batch")]
    [Authorize(Permissions.EditCustomers)]
    [RequestSizeLimit(MaxBatchBody)]
    [Display(Name = "Make or change customers by external id", Description = "Up to 1,000 rows. Of a customer who is there only the fields of the row are changed. Each row has its own result; one that does not fit is refused and the others come in.")]
    [ProducesResponseType<CustomerBatchAnswer>(200)]
    public async Task<IActionResult> Batch(CustomerBatchInput input, [FromServices] IValidator<CustomerForm> validator, CancellationToken stop)
    {
        if (input.Items is not { Count: > 0 and <= ApiBatch.MaxRows } items)
        {
            ModelState.AddModelError(nameof(input.Items), L["Between {0} and {1}.", 1, ApiBatch.MaxRows]);
            return Invalid();
        }

        var rows = await new CustomerBatch(Db, Me, validator, new CustomerBatchFields(fields, Me, L), Json, L).Run(items, stop);
        int Count(BatchOutcome outcome) => rows.Count(row => row.Outcome == outcome);
        return Ok(new CustomerBatchAnswer(
            rows.ConvertAll(row => row.Result()), Count(BatchOutcome.Created), Count(BatchOutcome.Changed), Count(BatchOutcome.Same), Count(BatchOutcome.Refused)));
    }

    private CustomerWriting Writing => new(Db, Me, ModelState, fields, L);

    private async Task<IActionResult> Change(Customer customer, CustomerInput input, bool whole, CancellationToken stop)
    {
        if (!IsExpected(customer)) return ChangedMeanwhile();
        var seen = await fields.Seen(stop);
        var form = input.ToForm(CustomerForm.Of(customer, seen), seen);
        ModelState.Fill(form, input.Custom, CustomerDetails.Of(customer, seen).Custom, seen, Me.Pass.Currency, whole, L);
        await Check(input, form, stop);
        if (!ModelState.IsValid || !await Writing.Update(customer, form, stop)) return Invalid();
        Db.ChangeTracker.Clear();
        return await Read(customer.Id, stop) is { } now ? One(now.Json, customer.Id, now.Version) : NoContent();
    }

    private async Task Check(CustomerInput input, CustomerForm form, CancellationToken stop)
    {
        foreach (var field in input.Broken()) ModelState.AddModelError(field, L["Each entry is one line of text."]);
        await Validate(form, stop);
    }

    private async Task<CustomerReading?> Read(long id, CancellationToken stop)
    {
        var found = await Db.Customers.AsNoTracking().Where(c => c.Id == id).Select(CustomerReading.Of).ToListAsync(stop);
        return (await CustomerReading.Whole(Db, found, await fields.Seen(stop), Me.Pass.Currency, stop)).SingleOrDefault();
    }
}
