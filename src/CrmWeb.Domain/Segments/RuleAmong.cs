using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// That a customer is one of those whom another question finds. Asked of all, SQLite makes a list of them, once, and looks each customer up in it. Other engines are asked whether there is such a row: this they join,
/// and its opposite too, while "not in" a list that is too long for their memory is gone through again for every customer.
/// </summary>
internal static class RuleAmong
{
    public static Expression Of(IQueryable<long> ids, Expression customer, RuleSources sources)
    {
#pragma warning disable MA0029, RCS1077, RCS1080 // put together into one call, EF would make a list of it again
        Expression<Func<Customer, bool>> among = sources is { IsLiteral: true, OfFew: false } ? c => ids.Contains(c.Id) : c => ids.Where(id => id == c.Id).Any();
#pragma warning restore MA0029, RCS1077, RCS1080
        return among.On(customer);
    }
}
