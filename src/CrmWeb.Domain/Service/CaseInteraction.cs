using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Service;

/// <summary>That a contact was about a case. A contact is about one case at most.</summary>
public sealed class CaseInteraction : ITenantOwned
{
    private CaseInteraction() { }

    public CaseInteraction(long caseId, long interactionId) => (CaseId, InteractionId) = (caseId, interactionId);

    public CaseInteraction(Case about, Interaction interaction) => (Case, Interaction) = (about, interaction);

    public long TenantId { get; private set; }

    public long CaseId { get; private set; }

    public Case? Case { get; private set; }

    public long InteractionId { get; private set; }

    public Interaction? Interaction { get; private set; }
}
