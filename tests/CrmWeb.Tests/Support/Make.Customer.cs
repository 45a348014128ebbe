using CrmWeb.Domain.Customers;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A customer in the database. Answers its id.</summary>
    public static Task<long> Customer(TestTenant tenant, string? name = null, Func<CustomerDetails, CustomerDetails>? with = null) => tenant.Use(async db =>
    {
        // no digit at its end: in the text of a page the next number would run into it
        var details = new CustomerDetails { Name = name ?? $"Customer {Number()}x" };
        var customer = new Customer(with?.Invoke(details) ?? details, tenant.Host.Clock.Now);
        db.Customers.Add(customer);
        await db.SaveChangesAsync();
        return customer.Id;
    });

    /// <summary>An interaction logged with a customer by a member (the admin unless said). Answers its id.</summary>
    public static Task<long> Interaction(TestTenant tenant, long customerId, InteractionDetails? details = null, TestMember? by = null) => tenant.Use(async db =>
    {
        var customer = (await db.Customers.FindAsync(customerId))!;
        var interaction = customer.Log(details ?? new InteractionDetails { OccurredAt = tenant.Host.Clock.Now }, (by ?? tenant.Admin).Id, tenant.Host.Clock.Now);
        await db.SaveChangesAsync();
        return interaction.Id;
    });

    /// <summary>An open task, due today unless said. Answers its id.</summary>
    public static Task<long> Task(TestTenant tenant, TestMember owner, string? title = null, DateOnly? dueOn = null, long? customerId = null) => tenant.Use(async db =>
    {
        var now = tenant.Host.Clock.Now;
        var task = new CrmTask(title ?? $"Task {Number()}", dueOn ?? DateOnly.FromDateTime(now), owner.Id, owner.Id, now) { CustomerId = customerId };
        db.Tasks.Add(task);
        await db.SaveChangesAsync();
        return task.Id;
    });
}
