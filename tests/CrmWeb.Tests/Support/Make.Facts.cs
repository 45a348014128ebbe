using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>How many customers bear another last contact than their interactions say.</summary>
    public static Task<int> WrongFacts(CrmDb db) => db.Customers.CountAsync(c =>
        c.LastInteractionAt != db.Interactions.Where(i => i.CustomerId == c.Id && !i.IsPlanned).Max(i => (DateTime?)i.OccurredAt));
}
