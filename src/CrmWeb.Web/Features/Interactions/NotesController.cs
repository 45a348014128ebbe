using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>A note is an interaction that was not with the customer: written in one field on the customer's page.</summary>
public sealed class NotesController(IStringLocalizer L, Mentioning mentions) : TenantController
{
    [HttpPost("customers/{id:long}/notes")]
    [Authorize(Permissions.LogInteractions)]
    public async Task<IActionResult> Write(long id, NoteForm form, CancellationToken stop)
    {
        if (await Db.Customers.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } customer) return NotFound();
        var body = ModelState.IsValid ? await mentions.Read(ModelState, (nameof(form.Body), Interaction.BodyLength), form.Body, null, MentionPlace.Of(customer), stop) : null;
        if (body is null || !ModelState.IsValid)
        {
            (ViewData["Of"], ViewData["Customer"]) = (id, customer.Name);
            return this.Invalid("Note", form);
        }

        var note = customer.Log(new InteractionDetails { Channel = Channel.Note, OccurredAt = Me.Now, Body = body.Text }, Me.Id, Me.Now);
        await mentions.Put(note, body, null, stop);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["The note is saved"], Url.Content($"~/customers/{id}"), Url.Action("Delete", "InteractionRemoval", new { note.Id }));
    }
}
