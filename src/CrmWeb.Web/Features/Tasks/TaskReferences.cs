using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Ids in a form are only words until the tenant has them and the member sees them (T3).</summary>
internal static class TaskReferences
{
    /// <summary>Whether somebody may be given a task.</summary>
    public static Task<bool> IsMember(this CrmDb db, long owner, CancellationToken stop) => db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop);

    public static Task<bool> KnowsCustomer(this CrmDb db, long id, CancellationToken stop) => db.Customers.AnyAsync(c => c.Id == id, stop);

    /// <summary>The note with the members it names, who must see the task as the form makes it.</summary>
    public static async Task<MentioningText> ReadNote(
        this Mentioning mentions, CrmDb db, ModelStateDictionary errors, TaskForm form, string? before, long createdById, CancellationToken stop)
    {
        if (!errors.IsValid || form.Note?.Contains('@', StringComparison.Ordinal) != true) return new(form.Note, []);
        var customer = form.CustomerId is null ? null : await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == form.CustomerId, stop);
        return await mentions.Read(errors, (nameof(form.Note), CrmTask.NoteLength), form.Note, before, MentionPlace.OfTask(form.OwnerId, createdById, customer), stop);
    }
}
