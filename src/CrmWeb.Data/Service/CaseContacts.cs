using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;

namespace CrmWeb.Data.Service;

/// <summary>Contacts that are about a case.</summary>
public static class CaseContacts
{
    /// <summary>Says that a contact is about a case. The first that goes out is the first answer; one that comes in ends the wait for the customer. Both are tracked.</summary>
    public static async Task Concern(this CrmDb db, Case its, Interaction contact, DateTime now, CancellationToken stop)
    {
        db.CaseInteractions.Add(new CaseInteraction(its, contact));
        if (contact.IsPlanned || contact.Channel == Channel.Note || !its.IsOpen) return;
        await db.Entry(its).Reference(c => c.Customer).LoadAsync(stop);
        var clock = (await ServiceClocks.Read(db, stop)).For(its);
        if (contact.Direction == Direction.Outbound) its.Answer(contact.OccurredAt, clock, now);
        else if (its.State == CaseState.Waiting) its.Open(clock, now);
    }
}
