namespace CrmWeb.Domain.Service;

/// <summary>Numbers are stored: add at the end.</summary>
public enum CaseKind
{
    Question = 0,
    Complaint = 1,
    Return = 2,
}

public enum CaseState
{
    /// <summary>Nobody works on it yet.</summary>
    New = 0,
    Open = 1,

    /// <summary>The customer is to answer; the clocks stand still.</summary>
    Waiting = 2,
    Resolved = 3,
    Closed = 4,
}
