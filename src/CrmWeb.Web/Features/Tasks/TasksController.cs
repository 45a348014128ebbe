using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Things to do by a date: the list, and the form.</summary>
public sealed class TasksController(IStringLocalizer L, LocalTime time, Mentioning mentions) : TenantController
{
    [HttpGet("tasks")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> List(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = TaskFilter.Fields(L, await Db.EveryMember(stop), Url.Content("~/customers/find"));
        var filter = await Named(TaskFilter.Read(Request.Query, fields), stop);
        var pages = new TaskPages(sort);
        var (rows, pager) = await pages.Page(filter.Of(Db, Me), after, before, stop);
        return View(new TaskListPage(filter, fields, rows, pager, TaskListPage.ColumnsOf(L, pages.Sort)));
    }

    [HttpGet("tasks/new")]
    [Authorize(Permissions.EditTasks)]
    public async Task<IActionResult> New(long? customerId, DateOnly? dueOn, string? returnUrl, CancellationToken stop)
    {
        if (customerId is { } id && !await Db.KnowsCustomer(id, stop)) return NotFound();
        if (customerId is null && Request.CustomerOfPage() is { } here && await Db.KnowsCustomer(here, stop)) customerId = here;
        var form = new TaskForm { CustomerId = customerId, DueOn = dueOn ?? Me.Today, OwnerId = Me.Id, ReturnUrl = returnUrl ?? Request.Back("/tasks") };
        return View("Form", await Choices(form, stop));
    }

    [HttpPost("tasks/new")]
    [Authorize(Permissions.EditTasks)]
    public async Task<IActionResult> Create(TaskForm form, CancellationToken stop)
    {
        if (form.CustomerId is { } id && !await Db.KnowsCustomer(id, stop)) return NotFound();
        await CheckOwner(form, stop);
        var note = await mentions.ReadNote(Db, ModelState, form, null, Me.Id, stop);
        if (!ModelState.IsValid) return this.Invalid("Form", await Choices(form, stop));

        var task = new CrmTask(form.Title!, form.DueOn!.Value, form.OwnerId!.Value, Me.Id, Me.Now);
        form.Fill(task, note.Text);
        await mentions.Put(task, note, null, stop);
        Db.Tasks.Add(task);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["Task added"], After(form), Url.Action("Delete", "TaskRemoval", new { task.Id }));
    }

    [HttpGet("tasks/{id:long}")]
    [Authorize(Permissions.EditTasks)]
    public async Task<IActionResult> Edit(long id, string? returnUrl, CancellationToken stop)
    {
        if (await Db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, stop) is not { } task) return NotFound();
        var form = TaskForm.Of(task);
        form.Note = await mentions.Edit(form.Note, stop);
        form.ReturnUrl = returnUrl ?? Request.Back("/tasks");
        return View("Form", await Choices(form, stop, task));
    }

    [HttpPost("tasks/{id:long}")]
    [Authorize(Permissions.EditTasks)]
    public async Task<IActionResult> Save(long id, TaskForm form, CancellationToken stop)
    {
        if (await Db.Tasks.SingleOrDefaultAsync(t => t.Id == id, stop) is not { } task) return NotFound();
        if (form.CustomerId is { } customer && customer != task.CustomerId && !await Db.KnowsCustomer(customer, stop)) return NotFound();
        // a customer that this member does not see stays where it was
        if (form.CustomerId is null && task.CustomerId is { } unseen && !await Db.KnowsCustomer(unseen, stop)) form.CustomerId = unseen;
        if (form.OwnerId != task.OwnerId) await CheckOwner(form, stop);
        var before = task.Note;
        var note = await mentions.ReadNote(Db, ModelState, form, before, task.CreatedById, stop);
        if (!ModelState.IsValid) return this.Invalid("Form", await Choices(form, stop, task));

        Db.Expect(task, form.Version);
        form.Fill(task, note.Text);
        await mentions.Put(task, note, before, stop);
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await Conflict(id, form, stop);
        }

        return this.Done(L["Saved"], After(form));
    }

    /// <summary>Puts back what stood in a field before a change, as an edit like any other.</summary>
    /// <param name="version">The version that the person saw.</param>
    [HttpPost("tasks/{id:long}/history/{change:long}/restore")]
    [Authorize(Permissions.EditTasks)]
    public async Task<IActionResult> PutBack(long id, long change, int version, [FromServices] IValidator<TaskForm> check, CancellationToken stop)
    {
        if (await Db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, stop) is not { } task) return NotFound();
        var told = await Db.Changes.AsNoTracking().SingleOrDefaultAsync(x => x.Id == change && x.Record == RecordKind.Task && x.RecordId == id, stop);
        var form = TaskForm.Of(task);
        if (told is null || !form.PutBack(told)) return NotFound();

        ModelState.Clear();
        mentions.PutBack(told.Old);
        (form.Version, form.ReturnUrl) = (version, Request.Back("/tasks"));
        foreach (var error in (await check.ValidateAsync(form, stop)).Errors) ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        return await Save(id, form, stop);
    }

    private async Task<IActionResult> Conflict(long id, TaskForm form, CancellationToken stop)
    {
        if (await Db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, stop) is not { } now) return NotFound();
        var members = await Db.EveryMember(stop);
        string? Owner(long? member) => members.Find(m => m.Value == member?.ToString(Cultures.Of(Languages.English)))?.Text;
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["To do"], now.Title, form.Title),
            new(L["Due"], time.Date(now.DueOn), form.DueOn is { } due ? time.Date(due) : null),
            new(L["Owner"], Owner(now.OwnerId), Owner(form.OwnerId)),
            new(L["Priority"], L.Of(now.Priority), L.Of(form.Priority)),
            new(L["Repeats"], L.Of(now.Repeat), L.Of(form.Repeat)),
            new(L["Customer"], await CustomerName(now.CustomerId, stop), await CustomerName(form.CustomerId, stop)),
            new(L["Notes"], await mentions.Edit(now.Note, stop), form.Note));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Form", await Choices(form, stop, now), StatusCodes.Status409Conflict);
    }

    private async Task CheckOwner(TaskForm form, CancellationToken stop)
    {
        if (form.OwnerId is { } owner && !await Db.IsMember(owner, stop))
            ModelState.AddModelError(nameof(form.OwnerId), L["Choose who does it."]);
    }

    private Task<string?> CustomerName(long? id, CancellationToken stop) =>
        Db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(stop);

    /// <summary>A filter by customer says names, not ids.</summary>
    private async Task<TaskFilter> Named(TaskFilter filter, CancellationToken stop)
    {
        if (filter.Filters.FirstOrDefault(f => f.Field.Key == "customer") is not { Values.Count: > 0 } byCustomer) return filter;
        var ids = byCustomer.Values.Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).ToArray();
        var names = await Db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var shown = string.Join(L[", "], ids.Select(id => names.GetValueOrDefault(id, "—")));
        return filter with { Filters = [.. filter.Filters.Select(f => f == byCustomer ? f with { Shown = shown } : f)] };
    }

    /// <summary>What the form offers to choose from.</summary>
    private async Task<TaskForm> Choices(TaskForm form, CancellationToken stop, CrmTask? task = null)
    {
        ViewData["Id"] = task?.Id;
        ViewData["Done"] = task?.DoneAt;
        ViewData["Members"] = await Db.MemberChoices(stop, form.OwnerId, task?.OwnerId);
        ViewData["Customer"] = form.CustomerId is null ? null : await CustomerName(form.CustomerId, stop);
        return form;
    }

    private string After(TaskForm form) => Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : $"{Request.PathBase}/tasks";
}
