using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>Values of custom fields that cannot be right, for a count over the values themselves.</summary>
public static class QualityBad
{
    public static Expression<Func<CustomValue, bool>> Value(CustomFieldSet fields, CustomerFilterContext who) => QualityConditions.BadValue(fields.All, fields.Quality, who);
}
