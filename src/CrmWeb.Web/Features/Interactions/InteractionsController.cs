using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>Logging a contact, and mending what was logged.</summary>
public sealed class InteractionsController(IStringLocalizer L, LocalTime time, Mentioning mentions, AttachmentAdding attaching) : TenantController
{
    private static readonly CompiledQuery<Func<CrmDb, long, Task<Customer?>>> ToLogWith = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.Customers.SingleOrDefault(c => c.Id == id)));

    [HttpGet("interactions/new")]
    [Authorize(Permissions.LogInteractions)]
    public async Task<IActionResult> New(long? customerId, long? caseId, DateTime? at, string? returnUrl, bool tooMuch)
    {
        if (tooMuch) ModelState.AddModelError(nameof(InteractionForm.Files), attaching.TooMuch);
        var (channel, outcome) = LastLogged.Read(Request);
        if (customerId is { } id && !await Name(id)) return NotFound();
        if (customerId is null && Request.CustomerOfPage() is { } here && await Name(here)) customerId = here;
        var form = new InteractionForm
        {
            CustomerId = customerId,
            CaseId = caseId,
            Channel = channel,
            Outcome = outcome,
            At = at ?? InteractionForm.Minute(Me.ToLocal(Me.Now)),
            NextDueOn = Me.Today.AddDays(1),
            ReturnUrl = returnUrl,
        };
        return View("Log", form);
    }

    [HttpPost("interactions/new")]
    [Authorize(Permissions.LogInteractions)]
    [AttachmentLimit]
    public async Task<IActionResult> Log(InteractionForm form, CancellationToken stop)
    {
        var customer = form.CustomerId is { } id ? await ToLogWith.For(Db)(Db, id) : null;
        if (form.CustomerId is not null && customer is null) return NotFound();
        var its = form.CaseId is { } about ? await Db.Cases.SingleOrDefaultAsync(c => c.Id == about && c.CustomerId == form.CustomerId, stop) : null;
        if (form.CaseId is not null && customer is not null && its is null) return NotFound();
        ViewData["Customer"] = customer?.Name;
        var files = await Look(form, stop);
        if (!ModelState.IsValid || customer is null) return this.Invalid("Log", form, Response.Status(files) ?? StatusCodes.Status400BadRequest);
        var body = await mentions.Read(ModelState, BodyField, form.Body, null, MentionPlace.Of(customer), stop);
        if (!ModelState.IsValid) return this.Invalid("Log", form);

        var details = form.Details(Me) with { Body = body.Text };
        var interaction = customer.Log(details, Me.Id, Me.Now);
        await mentions.Put(interaction, body, null, stop);
        if (its is not null) await Db.Concern(its, interaction, Me.Now, stop);
        if (form is { NextTitle: { Length: > 0 } title, NextDueOn: { } due } && !string.IsNullOrWhiteSpace(title) && Me.May(Permissions.EditTasks))
            Db.Tasks.Add(new CrmTask(title, due, Me.Id, Me.Id, Me.Now) { CustomerId = customer.Id });
        if (!await SaveWith(files.Accepted, interaction)) return this.Invalid("Log", form);

        LastLogged.Remember(Response, form.Channel, form.Outcome);
        var said = details.IsPlanned ? L["Planned with {0}", customer.Name] : L["Logged with {0}", customer.Name];
        return this.Done(said, After(form, customer.Id), Url.Action("Delete", "InteractionRemoval", new { interaction.Id }));
    }

    [HttpGet("interactions/{id:long}")]
    [Authorize(Permissions.LogInteractions)]
    public async Task<IActionResult> Edit(long id, string? returnUrl, bool tooMuch)
    {
        if (tooMuch) ModelState.AddModelError(nameof(InteractionForm.Files), attaching.TooMuch);
        if (await Db.Interactions.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id) is not { } interaction || !await Name(interaction.CustomerId)) return NotFound();
        var form = InteractionForm.Of(interaction, Me);
        form.Body = await mentions.Edit(form.Body);
        form.ReturnUrl = returnUrl ?? Request.Back($"/customers/{interaction.CustomerId}");
        return View("Edit", Planned(form, interaction));
    }

    [HttpPost("interactions/{id:long}")]
    [Authorize(Permissions.LogInteractions)]
    [AttachmentLimit]
    public async Task<IActionResult> Save(long id, InteractionForm form, CancellationToken stop)
    {
        if (await Db.Interactions.SingleOrDefaultAsync(i => i.Id == id, stop) is not { } interaction || await Db.Customers.SingleOrDefaultAsync(c => c.Id == interaction.CustomerId, stop) is not { } customer)
            return NotFound();
        ViewData["Customer"] = customer.Name;
        // the customer of a contact stays
        form.CustomerId = interaction.CustomerId;
        ModelState.Remove(nameof(form.CustomerId));
        var files = await Look(form, stop);
        var before = interaction.Body;
        var body = ModelState.IsValid ? await mentions.Read(ModelState, BodyField, form.Body, before, MentionPlace.Of(customer), stop) : null;
        if (body is null || !ModelState.IsValid) return this.Invalid("Edit", Planned(form, interaction), Response.Status(files) ?? StatusCodes.Status400BadRequest);

        Db.Expect(interaction, form.Version);
        interaction.Change(form.Details(Me, interaction) with { Body = body.Text }, Me.Now);
        await mentions.Put(interaction, body, before, stop);
        try
        {
            if (!await SaveWith(files.Accepted, interaction)) return this.Invalid("Edit", Planned(form, interaction));
        }
        catch (DbUpdateConcurrencyException)
        {
            return await Conflict(id, form);
        }

        return this.Done(L["Saved"], After(form, interaction.CustomerId));
    }

    private async Task<SentFiles> Look(InteractionForm form, CancellationToken stop)
    {
        var files = await attaching.Look(form.Files, stop);
        foreach (var file in files.Refused) ModelState.AddModelError(nameof(form.Files), file.ToString());
        return files;
    }

    /// <summary>The contact and its files, all or nothing; false, and said at the field, when there is no room for them.</summary>
    private async Task<bool> SaveWith(IReadOnlyList<AcceptedFile> files, Interaction interaction)
    {
        var (_, full) = await attaching.SaveWith(files, () => (interaction.CustomerId, interaction.Id), HttpContext.RequestAborted);
        if (full is not null) ModelState.AddModelError(nameof(InteractionForm.Files), full);
        return full is null;
    }

    /// <summary>Puts back what stood in a field before a change, as an edit like any other.</summary>
    /// <param name="version">The version that the person saw.</param>
    [HttpPost("interactions/{id:long}/history/{change:long}/restore")]
    [Authorize(Permissions.LogInteractions)]
    public async Task<IActionResult> PutBack(long id, long change, int version, [FromServices] IValidator<InteractionForm> check, CancellationToken stop)
    {
        if (await Db.Interactions.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id) is not { } interaction) return NotFound();
        var told = await Db.Changes.AsNoTracking().SingleOrDefaultAsync(x => x.Id == change && x.Record == RecordKind.Interaction && x.RecordId == id);
        var form = InteractionForm.Of(interaction, Me);
        if (told is null || !form.PutBack(told, Me)) return NotFound();

        ModelState.Clear();
        mentions.PutBack(told.Old);
        (form.Version, form.ReturnUrl) = (version, Request.Back($"/customers/{interaction.CustomerId}"));
        foreach (var error in (await check.ValidateAsync(form)).Errors) ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        return await Save(id, form, stop);
    }

    /// <summary>The form with what was typed, and beside it what a colleague saved.</summary>
    private async Task<IActionResult> Conflict(long id, InteractionForm form)
    {
        if (await Db.Interactions.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id) is not { } now) return NotFound();
        var theirs = InteractionForm.Of(now, Me);
        theirs.Body = await mentions.Edit(theirs.Body);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Channel"], L.Of(theirs.Channel), L.Of(form.Channel)),
            new(L["Direction"], L.Of(theirs.Direction), L.Of(form.Direction)),
            new(L["Outcome"], L.Of(theirs.Outcome), L.Of(form.Outcome)),
            new(L["When"], When(theirs.At), When(form.At)),
            new(L["Subject"], theirs.Subject, form.Subject),
            new(L["Notes"], theirs.Body, form.Body),
            new(L["Minutes"], theirs.Minutes?.ToString(Cultures.Of(Languages.Current)), form.Minutes?.ToString(Cultures.Of(Languages.Current))));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Edit", Planned(form, now), StatusCodes.Status409Conflict);
    }

    private static readonly (string, int) BodyField = (nameof(InteractionForm.Body), Interaction.BodyLength);

    private string? When(DateTime? local) => local is { } at ? time.DateAndTime(Me.ToUtc(at)) : null;

    private InteractionForm Planned(InteractionForm form, Interaction interaction)
    {
        ViewData["Id"] = interaction.Id;
        ViewData["Planned"] = interaction.IsPlanned;
        return form;
    }

    /// <summary>The name that the picker shows. False when the customer is not there for this member.</summary>
    private async Task<bool> Name(long id) =>
        (ViewData["Customer"] = await Db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync()) is not null;

    private string After(InteractionForm form, long customerId) =>
        Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : $"{Request.PathBase}/customers/{customerId}";
}
