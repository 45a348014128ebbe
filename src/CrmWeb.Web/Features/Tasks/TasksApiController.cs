using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Tasks;

[Route("api/v1/tasks")]
[Tags("Tasks")]
public sealed class TasksApiController(Mentioning mentions) : ApiController
{
    private static readonly string[] Sorts = ["due", "-due", "priority", "-priority"];
    private static readonly string[] Parameters = [.. ApiPage.Parameters, "scope", "q"];

    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List tasks", Description = "All that the member may see, in every state; narrowed by the filters of the list of tasks, for example state=open, owner=12 or scope=mine.")]
    [ProducesResponseType<ApiList<TaskJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        var fields = TaskFilter.Fields(L, await Db.EveryMember(stop), "");
        page.Check(ModelState, L);
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        if (page.Sort is { Length: > 0 } sort && !Sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, Sorts);
        var filter = TaskFilter.Read(Request.Query, fields) with { WithDone = true };
        if (!Request.Query.ContainsKey("scope")) filter = filter with { Scope = TaskScope.All };
        var following = new TaskPages(page.Sort).Following(filter.Of(Db, Me), page.After);
        if (following is null) ApiPage.NoSuchPage(ModelState, L);
        if (!ModelState.IsValid) return Invalid();

        var rows = await following!.Select(TaskReading.Of).Take(page.Size + 1).ToListAsync(stop);
        for (var i = 0; i < rows.Count; i++) rows[i] = await Named(rows[i], stop);
        return Ok(page.Page(rows, row => TaskPages.Write(row.Json.DueOn, row.Json.Priority, row.Json.Id), row => row.Json));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a task")]
    [ProducesResponseType<TaskJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Read(id, stop) is { } found ? One(found.Json, id, found.Version) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditTasks)]
    [Display(Name = "Add a task")]
    [ProducesResponseType<TaskJson>(201)]
    public async Task<IActionResult> Create(TaskInput input, CancellationToken stop)
    {
        var form = input.ToForm(Me.Id);
        await Check(form, null, stop);
        var note = await mentions.ReadNote(Db, ModelState, form, null, Me.Id, stop);
        if (!ModelState.IsValid) return Invalid();
        var task = new CrmTask(form.Title!, form.DueOn!.Value, form.OwnerId!.Value, Me.Id, Me.Now);
        form.Fill(task, note.Text);
        await mentions.Put(task, note, null, stop);
        if (input.Done == true) Complete(task);
        Db.Tasks.Add(task);
        await Db.SaveChangesAsync(stop);
        return await Read(task.Id, stop) is { } made ? Made("tasks", made.Json, task.Id, made.Version) : Made("tasks", new { task.Id }, task.Id);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditTasks)]
    [Display(Name = "Replace a task", Description = "Fields that are not there become empty; whether it is done stays.")]
    [ProducesResponseType<TaskJson>(200)]
    public async Task<IActionResult> Replace(long id, TaskInput input, CancellationToken stop) =>
        await Find(id, stop) is { } task ? await Change(task, input, stop) : NotFound();

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditTasks)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a task", Description = "Only the fields that are there are changed; null empties one. done=true ticks it off, which makes the next one of a rhythm.")]
    [ProducesResponseType<TaskJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } task) return NotFound();
        return Merge(TaskInput.Of(task), changes) is { } merged ? await Change(task, merged, stop) : Invalid();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditTasks)]
    [Display(Name = "Delete a task")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } task) return NotFound();
        if (!IsExpected(task)) return ChangedMeanwhile();
        task.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Change(CrmTask task, TaskInput input, CancellationToken stop)
    {
        if (!IsExpected(task)) return ChangedMeanwhile();
        var form = input.ToForm(Me.Id);
        // a customer that this member does not see stays where it was
        if (form.CustomerId is null && task.CustomerId is { } unseen && !await Db.KnowsCustomer(unseen, stop)) form.CustomerId = unseen;
        await Check(form, task, stop);
        var before = task.Note;
        var note = await mentions.ReadNote(Db, ModelState, form, before, task.CreatedById, stop);
        if (!ModelState.IsValid) return Invalid();
        form.Fill(task, note.Text);
        await mentions.Put(task, note, before, stop);
        if (input.Done == true) Complete(task);
        else if (input.Done == false) task.Reopen();
        await Db.SaveChangesAsync(stop);
        // whoever gives a task away may no longer see it
        return await Read(task.Id, stop) is { } now ? One(now.Json, task.Id, now.Version) : NoContent();
    }

    private void Complete(CrmTask task)
    {
        if (task.Complete(Me.Now, Me.Today) is { } next) Db.Tasks.Add(next);
    }

    private async Task Check(TaskForm form, CrmTask? before, CancellationToken stop)
    {
        await Validate(form, stop);
        if (form.OwnerId is { } owner && owner != before?.OwnerId && !await Db.IsMember(owner, stop)) ModelState.AddModelError(nameof(form.OwnerId), L["This choice is not there any more."]);
        if (form.CustomerId is { } customer && customer != before?.CustomerId && !await Db.KnowsCustomer(customer, stop))
            ModelState.AddModelError(nameof(form.CustomerId), L["This choice is not there any more."]);
    }

    private Task<CrmTask?> Find(long id, CancellationToken stop) => Db.Tasks.SingleOrDefaultAsync(t => t.Id == id, stop);

    private async Task<TaskReading?> Read(long id, CancellationToken stop) =>
        await Db.Tasks.AsNoTracking().Where(t => t.Id == id).Select(TaskReading.Of).SingleOrDefaultAsync(stop) is { } found ? await Named(found, stop) : null;

    /// <summary>The note names people as one may write them again.</summary>
    private async Task<TaskReading> Named(TaskReading row, CancellationToken stop) => row with { Json = row.Json with { Note = await mentions.Edit(row.Json.Note, stop) } };
}
